package dev.lifeboat.cli;

import dev.lifeboat.catalog.BackupChoice;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Upkeep;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.retention.Generation;
import dev.lifeboat.retention.Generations;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code catalog}: what there is, in both regions. */
@Command(
        name = "catalog",
        description = {
            "Shows the backups of both regions, newest first.",
            "A region's state is judged over every object of a backup: present, missing, damaged"
                    + " (something is missing or has another size), unreachable."
        },
        footer = {
            "",
            "For example:  lifeboat catalog --kind base --since 2026-04-01",
            "A backup is named by its id, by the end of its key, or as s3://BUCKET/KEY."
        })
final class CatalogCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--region",
            paramLabel = "primary|dr|both",
            defaultValue = "both",
            converter = RegionOption.class,
            description = "The regions to look at; the other one is not contacted.")
    private RegionChoice region;

    @Option(
            names = "--kind",
            paramLabel = "full|base|config",
            description = "Only backups of this kind.")
    private BackupKind kind;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only backups begun at or after this time, as 2026-04-07T14:30:00Z.")
    private String since;

    CatalogCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        Optional<Instant> from = TimeOption.read("--since", since, session.output());
        try (Engine engine = session.engine(region)) {
            CatalogListing listing = engine.catalog().load(session.cancel());
            List<CatalogEntry> shown =
                    listing.entries().stream()
                            .filter(entry -> kind == null || entry.kind() == kind)
                            .filter(entry -> isSince(entry, from))
                            .toList();
            listing.unreachable().values().forEach(problem -> session.output().say(problem.what()));
            listing.notes().forEach(session.output()::say);
            Generations kept = new Upkeep(engine).generations(listing);
            session.output().result(CatalogJson.of(listing, shown, kept), () -> text(shown, kept));
        }
        return 0;
    }

    private static boolean isSince(CatalogEntry entry, Optional<Instant> from) {
        return from.map(time -> !entry.facts().startedAt().isBefore(time)).orElse(true);
    }

    private String text(List<CatalogEntry> shown, Generations kept) {
        if (shown.isEmpty()) {
            return "No backups.";
        }
        Table table =
                new Table(
                        "ID",
                        "KIND",
                        "BEGUN",
                        "STORED",
                        "PRIMARY",
                        "DR",
                        "VERIFIED",
                        "KEPT AS",
                        "STATUS");
        for (CatalogEntry entry : shown) {
            table.add(
                    entry.id(),
                    entry.kind().word(),
                    Timestamps.both(entry.facts().startedAt(), session.zone()),
                    ByteSize.format(entry.facts().storedBytes()),
                    state(entry, Region.Role.PRIMARY),
                    state(entry, Region.Role.DR),
                    verified(entry),
                    keptAs(entry, kept),
                    status(entry));
        }
        return table.text();
    }

    private static String state(CatalogEntry entry, Region.Role role) {
        return Optional.ofNullable(entry.regions().get(role))
                .map(presence -> presence.state().word())
                .orElse("-");
    }

    private static String verified(CatalogEntry entry) {
        return entry.verified()
                .map(
                        result ->
                                (result.ok() ? "" : "FAILED ")
                                        + result.level().word()
                                        + " "
                                        + Timestamps.day(result.at()))
                .orElse("-");
    }

    private static String keptAs(CatalogEntry entry, Generations kept) {
        String words =
                kept.of(entry).stream().map(Generation::word).collect(Collectors.joining(","));
        return words.isEmpty() ? "-" : words;
    }

    private static String status(CatalogEntry entry) {
        String archived = entry.facts().storageClass();
        String cold = archived.equals("STANDARD") ? "" : " " + archived;
        String why = BackupChoice.whyBroken(entry);
        return entry.status().word() + cold + (why.isEmpty() ? "" : ": " + why);
    }
}
