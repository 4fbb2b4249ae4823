package dev.lifeboat.cli;

import dev.lifeboat.catalog.BackupChoice;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Version;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.verify.RestoredContext;
import dev.lifeboat.verify.RestoredProof;
import dev.lifeboat.verify.Verifier;
import dev.lifeboat.verify.VerifyContext;
import dev.lifeboat.verify.VerifyMemory;
import dev.lifeboat.verify.VerifyRecord;
import dev.lifeboat.verify.VerifyReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code verify}: proves a backup. */
@Command(
        name = "verify",
        description = {
            "Proves a backup at a level, and remembers it: the next run reads only what is new.",
            "Exit 0 when nothing wrong was found, 3 otherwise."
        },
        footer = {
            "",
            "Levels:  listed     every object is there with its size, in each region",
            "         checksum   every stored byte is what the manifest says, in each region",
            "         readable   everything decrypts, unpacks and reads to its end",
            "         restored   it was restored in a scratch directory, checked, and removed again",
            "For example:  lifeboat verify latest --level readable"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int NOT_OK = ProblemCode.CHECK_FAILED.exitCode();
    private static final int MOST_JOBS = 4;

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "latest|ID|s3://BUCKET/KEY|FILE",
            defaultValue = "latest",
            description = "The backup; latest is the newest full one that is whole.")
    private String backup;

    @Option(names = "--all", description = "Every backup of the catalog, newest first.")
    private boolean all;

    @Option(
            names = "--level",
            paramLabel = "listed|checksum|readable|restored",
            defaultValue = "readable",
            description = "How much is proven; default readable.")
    private VerifyLevel level;

    @Option(
            names = "--region",
            paramLabel = "auto|primary|dr",
            defaultValue = "auto",
            converter = RegionOption.class,
            description = "The regions to judge; the other one is not contacted.")
    private RegionChoice region;

    @Option(names = "--again", description = "Read what was proven before, too.")
    private boolean again;

    VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        try (Engine engine = session.engine(region)) {
            Catalog catalog = engine.catalog();
            Verifier verifier = new Verifier(catalog, context(engine));
            if (!all && isFile()) {
                return shown(file(engine, verifier));
            }
            CatalogListing listing = catalog.load(session.cancel());
            if (all) {
                return everything(engine, verifier, listing);
            }
            BackupChoice choice = catalog.resolve(listing, backup, BackupKind.FULL);
            for (CatalogEntry broken : choice.passedOver()) {
                session.output().say("Passed over: " + BackupChoice.whyBroken(broken));
            }
            return shown(verified(engine, verifier, choice.entry()));
        }
    }

    /** Has the same backup verified at readable, as {@code restore --verify-only} says. */
    int readable(String name, RegionChoice regions) throws RecoveryException {
        backup = name;
        region = regions;
        level = VerifyLevel.READABLE;
        return call();
    }

    private RestoredProof restored(Engine engine) throws RecoveryException {
        var restoring =
                new RestoredContext(
                        engine.keyNames(),
                        engine::archive,
                        engine::indexPlaces,
                        engine::serverUser,
                        region.name().toLowerCase(Locale.ROOT),
                        session.clock(),
                        session.directories().home(),
                        Version.text(),
                        Runtime.getRuntime().maxMemory());
        return new RestoredProof(engine.catalog(), context(engine), restoring, session.cancel());
    }

    private boolean isFile() {
        return backup.contains("/")
                && !backup.startsWith("s3://")
                && Files.isRegularFile(Path.of(backup));
    }

    private VerifyContext context(Engine engine) throws RecoveryException {
        return new VerifyContext(
                engine.backups(),
                engine::keys,
                engine.host(),
                engine::programs,
                new VerifyMemory(session.directories().home().resolve(VerifyMemory.PLACE)),
                Math.clamp(engine.host().processors(), 1, MOST_JOBS));
    }

    private VerifyReport file(Engine engine, Verifier verifier) throws RecoveryException {
        Progress progress = new Progress();
        try (var _ = session.output().watch("verify", progress, ProgressUnit.BYTES)) {
            VerifyReport report = verifier.verifyFile(Path.of(backup), progress, session.cancel());
            return level == VerifyLevel.RESTORED
                    ? restored(engine).ofFile(Path.of(backup), report)
                    : report;
        }
    }

    private int everything(Engine engine, Verifier verifier, CatalogListing listing)
            throws RecoveryException {
        boolean ok = true;
        for (CatalogEntry entry : listing.entries()) {
            VerifyReport report = verified(engine, verifier, entry);
            ok &= report.ok();
            session.output().event(report);
            if (!session.output().json()) {
                session.output().say(text(report));
            }
        }
        return ok ? 0 : NOT_OK;
    }

    private VerifyReport verified(Engine engine, Verifier verifier, CatalogEntry entry)
            throws RecoveryException {
        Progress progress = new Progress();
        VerifyReport report;
        try (var _ = session.output().watch("verify", progress, ProgressUnit.BYTES)) {
            report = verifier.verify(entry, readFirst(), again, progress, session.cancel());
            if (level == VerifyLevel.RESTORED) {
                report = restored(engine).of(entry, address(entry), report);
            }
        }
        if (!entry.facts().identity().isEmpty()) {
            remember(engine, entry, report);
        }
        return report;
    }

    /** What is restored is read first. */
    private VerifyLevel readFirst() {
        return level == VerifyLevel.RESTORED ? VerifyLevel.READABLE : level;
    }

    /** A key names one backup, where its id may name several. */
    private String address(CatalogEntry entry) {
        return backup.startsWith("s3://") && !all ? backup : entry.key();
    }

    private void remember(Engine engine, CatalogEntry entry, VerifyReport report) {
        try {
            VerifyRecord.store(
                    engine.backups(), engine.keyNames(), entry, report, session.clock().instant());
        } catch (RecoveryException notStored) {
            session.output()
                    .say("The result is not recorded in the bucket: " + notStored.getMessage());
        }
    }

    private int shown(VerifyReport report) {
        report.notes().forEach(session.output()::say);
        session.output().result(report, () -> text(report));
        return report.ok() ? 0 : NOT_OK;
    }

    private static String text(VerifyReport report) {
        StringBuilder text = new StringBuilder(report.backup());
        text.append(report.ok() ? ": good, " : ": NOT good, ")
                .append(report.level().word())
                .append("; ")
                .append(report.objects())
                .append(" objects, ")
                .append(report.remembered())
                .append(" of them proven before, ")
                .append(ByteSize.format(report.bytes()))
                .append(String.format(Locale.ROOT, " read in %.1f s", report.seconds()));
        List<Problem> problems = report.problems();
        problems.forEach(problem -> text.append("\n  ").append(problem));
        return text.toString();
    }
}
