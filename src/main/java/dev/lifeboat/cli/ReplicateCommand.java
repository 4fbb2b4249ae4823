package dev.lifeboat.cli;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Upkeep;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.replication.Comparison;
import dev.lifeboat.replication.Difference;
import dev.lifeboat.replication.RegionRepair;
import dev.lifeboat.replication.Thoroughness;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code replicate}: both regions as one archive. */
@Command(
        name = "replicate",
        description = {
            "Compares the regions object by object and shows what differs; --apply mends it, either way.",
            "What an object must be decides which copy is good: its digest in the manifest, the HMAC of a "
                    + "WAL file. A copy is proven before it is taken over, so that damage does not spread; what nothing "
                    + "decides is shown with what was seen, and stays. Where no copy is good and a bucket keeps older "
                    + "versions, the newest of them that is good is offered and brought back. Exit 3 while something "
                    + "differs."
        },
        footer = {
            "",
            "For example:  lifeboat replicate --check",
            "              lifeboat replicate --check --deep",
            "              lifeboat replicate --apply"
        })
final class ReplicateCommand implements Callable<Integer> {
    private static final int DIFFERS = ProblemCode.CHECK_FAILED.exitCode();
    private static final int SHOWN = 50;

    private final Session session;

    @ArgGroup private final What what = new What();

    /** One of the two. */
    static final class What {
        @SuppressWarnings("UnusedVariable") // what happens without it, too: it excludes --apply
        @Option(names = "--check", description = "Show what differs; so it does without options.")
        private boolean check;

        @Option(names = "--apply", description = "Mend what can be mended.")
        private boolean apply;
    }

    @ArgGroup private final How how = new How();

    /** One of the two. */
    static final class How {
        @Option(
                names = "--quick",
                description = "Go by the listings alone: size, ETag, storage class, age.")
        private boolean quick;

        @Option(
                names = "--deep",
                description = "Read every object in both regions, not only what differs.")
        private boolean deep;

        Thoroughness thoroughness() {
            return quick
                    ? Thoroughness.LISTED
                    : deep ? Thoroughness.EVERYTHING : Thoroughness.DIFFERENCES;
        }
    }

    ReplicateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        Settings settings = what.apply ? session.settingsForWriting() : session.settings();
        try (Engine engine = session.engine(settings, RegionChoice.AUTO)) {
            var upkeep = new Upkeep(engine);
            return what.apply ? apply(upkeep) : check(upkeep, settings);
        }
    }

    private int check(Upkeep upkeep, Settings settings) throws RecoveryException {
        var progress = new Progress();
        Comparison found;
        try (var _ = session.output().watch("compare", progress, ProgressUnit.BYTES)) {
            found = upkeep.comparison().compare(how.thoroughness(), session.cancel(), progress);
        }
        found.notes().forEach(session.output()::say);
        Optional<Duration> loss = lossInDr(settings);
        session.output().result(ReplicateJson.of(found, loss), () -> text(found) + rpo(loss));
        return found.isEqual() ? 0 : DIFFERS;
    }

    /** How much would be lost now if only the DR region were left. */
    private Optional<Duration> lossInDr(Settings settings) throws RecoveryException {
        try (Engine dr = session.engine(settings, RegionChoice.DR)) {
            return dr.windows()
                    .read(dr.catalog().load(session.cancel()), session.cancel())
                    .dataLoss();
        }
    }

    private int apply(Upkeep upkeep) throws RecoveryException {
        var progress = new Progress();
        RegionRepair.Outcome outcome;
        try (var _ = session.output().watch("replicate", progress, ProgressUnit.BYTES)) {
            outcome =
                    upkeep.repair()
                            .apply(how.thoroughness(), upkeep.owner(), session.cancel(), progress);
        }
        outcome.found().notes().forEach(session.output()::say);
        session.output().result(ReplicateJson.of(outcome), () -> text(outcome));
        return outcome.unmended().isEmpty() ? 0 : DIFFERS;
    }

    private static String text(Comparison found) {
        StringBuilder text = new StringBuilder();
        found.differences().stream()
                .limit(SHOWN)
                .forEach(
                        difference ->
                                text.append(word(difference))
                                        .append("  ")
                                        .append(difference.key())
                                        .append("\n    ")
                                        .append(difference.evidence())
                                        .append('\n'));
        if (found.differences().size() > SHOWN) {
            text.append("... and ").append(found.differences().size() - SHOWN).append(" more\n");
        }
        return text.append(found.objects())
                .append(" objects, ")
                .append(found.equal())
                .append(" the same in both regions, ")
                .append(found.otherClass())
                .append(" of them in different storage classes.\nSafe backups: ")
                .append(
                        found.safeBackups().isEmpty()
                                ? "none"
                                : String.join(", ", found.safeBackups()))
                .append("\nDR is behind by ")
                .append(TimeSpan.told(found.lag()))
                .append('.')
                .toString();
    }

    private static String rpo(Optional<Duration> loss) {
        return loss.map(gone -> " From DR alone " + TimeSpan.told(gone) + " would be lost now.")
                .orElse(" From DR alone no moment could be recovered now.");
    }

    private static String word(Difference difference) {
        return Json.word(difference.kind());
    }

    private static String text(RegionRepair.Outcome outcome) {
        StringBuilder text = new StringBuilder();
        outcome.unmended()
                .forEach(
                        left ->
                                text.append("NOT mended  ")
                                        .append(left.difference().key())
                                        .append("\n    ")
                                        .append(left.why())
                                        .append("\n    ")
                                        .append(left.difference().evidence())
                                        .append('\n'));
        return text.append("Mended ")
                .append(outcome.mended())
                .append(" objects, ")
                .append(ByteSize.format(outcome.mendedBytes()))
                .append(
                        outcome.broughtBack() == 0
                                ? ""
                                : ", " + outcome.broughtBack() + " of them from older versions")
                .append("; ")
                .append(outcome.unmended().size())
                .append(" stay as they are.")
                .toString();
    }
}
