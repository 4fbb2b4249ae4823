package dev.lifeboat.cli;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Upkeep;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.retention.Cleanup;
import dev.lifeboat.retention.MonthlySaving;
import dev.lifeboat.retention.RetentionPlan;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.StoragePrices;
import dev.lifeboat.wal.archive.IndexObjects;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code cleanup}: retention. */
@Command(
        name = "cleanup",
        description = {
            "Shows what retention would remove, what it would move to a colder storage class, what stays "
                    + "and why, with the recovery window before and after. Nothing is changed without --apply."
        },
        footer = {
            "",
            "Kept: every full for BACKUP_RETENTION_DAYS (30), the first of a week for 12 weeks, of a month",
            "for 12 months, of a year for 7 years; WAL for 7 days; every base and all WAL that is needed to",
            "recover any moment of the last BACKUP_PITR_DAYS (7), and one base more; what a hold covers.",
            "For example:  lifeboat cleanup",
            "              lifeboat cleanup --apply --plan 0123456789abcdef"
        })
final class CleanupCommand implements Callable<Integer> {
    private static final int WAL_SHOWN = 1;

    private final Session session;

    @Option(names = "--apply", description = "Carry the plan out.")
    private boolean apply;

    @Option(
            names = "--plan",
            paramLabel = "DIGEST",
            description = {
                "With --apply: only the plan with this digest, as `cleanup` showed it; when anything has "
                        + "changed since, nothing is done."
            })
    private Optional<String> shown;

    CleanupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        if (shown.isPresent() && !apply) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "--plan says which plan is carried out, and --apply is not given.",
                    "Without --apply cleanup shows the plan of now, whichever was named.",
                    "Leave --plan out to see it, or carry it out: lifeboat cleanup --apply --plan"
                            + " DIGEST.");
        }
        try (Engine engine =
                session.engine(
                        apply ? session.settingsForWriting() : session.settings(),
                        RegionChoice.AUTO)) {
            var upkeep = new Upkeep(engine);
            StoragePrices prices = engine.settings().storagePrices();
            if (!apply) {
                RetentionPlan plan = upkeep.retention().plan(session.cancel());
                session.output().result(CleanupJson.of(plan, prices), () -> text(plan, prices));
                return 0;
            }
            Cleanup.Outcome outcome = applied(upkeep);
            outcome.notMoved().forEach(problem -> session.output().say("Not moved: " + problem));
            session.output()
                    .result(
                            CleanupJson.of(outcome, prices),
                            () -> text(outcome.plan(), prices) + done(outcome));
            return 0;
        }
    }

    private Cleanup.Outcome applied(Upkeep upkeep) throws RecoveryException {
        var progress = new Progress();
        Cleanup cleanup = upkeep.cleanup();
        try (var _ = session.output().watch("cleanup", progress, ProgressUnit.OBJECTS)) {
            return shown.isPresent()
                    ? cleanup.apply(shown.get(), upkeep.owner(), session.cancel(), progress)
                    : cleanup.applyNow(upkeep.owner(), session.cancel(), progress);
        }
    }

    private static String done(Cleanup.Outcome outcome) {
        return "\nRemoved "
                + outcome.removed()
                + " objects, "
                + ByteSize.format(outcome.removedBytes())
                + "; moved "
                + outcome.moved()
                + (outcome.notMoved().isEmpty()
                        ? "."
                        : "; " + outcome.notMoved().size() + " could not be moved.");
    }

    private String text(RetentionPlan plan, StoragePrices prices) {
        StringBuilder text = new StringBuilder();
        Table table = new Table("", "NAME", "KEPT AS", "WHY");
        plan.kept()
                .forEach(
                        kept ->
                                table.add(
                                        " ",
                                        kept.entry().id(),
                                        kept.generations().stream()
                                                .map(generation -> generation.word())
                                                .collect(Collectors.joining(",")),
                                        kept.why()));
        plan.removals().stream()
                .filter(removal -> !removal.wal())
                .forEach(removal -> table.add("-", removal.name(), "", removal.why()));
        addWal(table, plan);
        if (!table.isEmpty()) {
            text.append(table.text()).append("\n\n");
        }
        plan.moves()
                .forEach(
                        move ->
                                text.append("> ")
                                        .append(move.target().region())
                                        .append(' ')
                                        .append(move.target().key())
                                        .append(" to ")
                                        .append(move.storageClass())
                                        .append('\n'));
        plan.notes().forEach(session.output()::say);
        return text.append("Window before: ")
                .append(window(plan.before()))
                .append("\nWindow after:  ")
                .append(window(plan.after()))
                .append("\nFreed: ")
                .append(ByteSize.format(plan.bytes()))
                .append("; objects that stay: ")
                .append(plan.keptObjects())
                .append("\nSaved: ")
                .append(SavingText.of(MonthlySaving.of(plan, prices)))
                .append("\nPlan: ")
                .append(plan.digest())
                .toString();
    }

    private static void addWal(Table table, RetentionPlan plan) {
        Map<Boolean, List<RetentionPlan.Removal>> parts =
                plan.removals().stream()
                        .filter(RetentionPlan.Removal::wal)
                        .collect(
                                Collectors.partitioningBy(
                                        removal -> removal.name().startsWith(IndexObjects.FOLDER)));
        List<RetentionPlan.Removal> wal = parts.get(false);
        if (wal.size() > WAL_SHOWN) {
            table.add(
                    "-",
                    wal.getFirst().name() + " to " + wal.getLast().name(),
                    "",
                    wal.size() + " WAL files: " + wal.getFirst().why());
        } else {
            wal.forEach(file -> table.add("-", file.name(), "", file.why()));
        }
        parts.get(true).forEach(block -> table.add("-", block.name(), "", block.why()));
    }

    private String window(RetentionPlan.Window window) {
        return window.from().isEmpty()
                ? "none"
                : shown(window.from()) + " to " + shown(window.to());
    }

    private String shown(Optional<Instant> time) {
        return time.map(at -> Timestamps.both(at, session.zone())).orElse("unknown");
    }
}
