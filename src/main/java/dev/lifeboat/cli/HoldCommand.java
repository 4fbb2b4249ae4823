package dev.lifeboat.cli;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Upkeep;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.retention.Hold;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code hold}: what no cleanup touches. */
@Command(
        name = "hold",
        description =
                "Keeps a backup, or every moment of a stretch of time, whatever retention says.",
        subcommands = {HoldCommand.Set.class, HoldCommand.ListAll.class, HoldCommand.Release.class})
final class HoldCommand extends CommandGroup {

    /** {@code hold set}. */
    @Command(
            name = "set",
            description = {
                "Sets a hold on one backup, or on a stretch of time: then every backup begun in it stays, "
                        + "and all bases and WAL that recovering any of its moments needs."
            },
            footer = {
                "",
                "For example:  lifeboat hold set shop_full_20260407_020000 --reason 'audit 2026'",
                "              lifeboat hold set --from 2026-04-07T12:00:00Z --to 2026-04-07T18:00:00Z"
                        + " --reason 'incident 4711'"
            })
    static final class Set implements Callable<Integer> {
        private final Session session;

        @Parameters(arity = "0..1", paramLabel = "ID", description = "The backup.")
        private Optional<String> backup;

        @Option(names = "--from", paramLabel = "TIME", description = "The first moment covered.")
        private String from;

        @Option(names = "--to", paramLabel = "TIME", description = "The last moment covered.")
        private String to;

        @Option(names = "--reason", required = true, description = "Why; shown by hold list.")
        private String reason;

        Set(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            Optional<Hold.Period> period = period();
            if (backup.isPresent() == period.isPresent()) {
                throw new RecoveryException(
                        ProblemCode.USAGE,
                        "A hold covers a backup or a stretch of time.",
                        backup.isPresent() ? "Both were given." : "Neither was given.",
                        "Give the backup's id, or --from and --to.");
            }
            try (Engine engine = session.engine(session.settingsForWriting(), RegionChoice.AUTO)) {
                var upkeep = new Upkeep(engine);
                Instant now = session.clock().instant();
                var hold =
                        new Hold(
                                "hold-" + Timestamps.key(now),
                                known(engine),
                                period,
                                reason,
                                engine.host().currentUser().name() + "@" + engine.host().name(),
                                now);
                upkeep.holds().set(hold);
                session.output()
                        .result(
                                HoldJson.of(hold),
                                () -> hold.id() + " covers " + hold.scope() + ".");
            }
            return 0;
        }

        private Optional<Hold.Period> period() throws RecoveryException {
            Optional<Instant> begin = TimeOption.read("--from", from, session.output());
            Optional<Instant> end = TimeOption.read("--to", to, session.output());
            if (begin.isPresent() != end.isPresent()
                    || (begin.isPresent() && end.get().isBefore(begin.get()))) {
                throw new RecoveryException(
                        ProblemCode.USAGE,
                        "A stretch of time has a beginning and an end behind it.",
                        "One of --from and --to is missing, or they are the wrong way round.",
                        "Give both, for example --from 2026-04-07T12:00:00Z --to"
                                + " 2026-04-07T18:00:00Z.");
            }
            return begin.map(first -> new Hold.Period(first, end.orElseThrow()));
        }

        /** The backup's own id, so that a misspelt one is no hold on nothing. */
        private Optional<String> known(Engine engine) throws RecoveryException {
            if (backup.isEmpty()) {
                return Optional.empty();
            }
            var catalog = engine.catalog();
            return Optional.of(
                    catalog.resolve(catalog.load(session.cancel()), backup.get(), BackupKind.FULL)
                            .entry()
                            .id());
        }
    }

    /** {@code hold list}. */
    @Command(name = "list", description = "Shows the holds there are.")
    static final class ListAll implements Callable<Integer> {
        private final Session session;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            try (Engine engine = session.engine(RegionChoice.AUTO)) {
                List<Hold> holds = new Upkeep(engine).holds().list(session.cancel());
                session.output()
                        .result(
                                Map.of("holds", holds.stream().map(HoldJson::of).toList()),
                                () -> text(holds));
            }
            return 0;
        }

        private static String text(List<Hold> holds) {
            if (holds.isEmpty()) {
                return "No holds.";
            }
            Table table = new Table("HOLD", "COVERS", "SET BY", "REASON");
            holds.forEach(hold -> table.add(hold.id(), hold.scope(), hold.setBy(), hold.reason()));
            return table.text();
        }
    }

    /** {@code hold release}. */
    @Command(
            name = "release",
            description = "Takes a hold away; the next cleanup goes by the rules again.")
    static final class Release implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "HOLD", description = "The hold, as hold list shows it.")
        private String hold;

        Release(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            try (Engine engine = session.engine(session.settingsForWriting(), RegionChoice.AUTO)) {
                new Upkeep(engine).holds().release(hold, session.cancel());
                session.output().result(Map.of("released", hold), () -> hold + " is released.");
            }
            return 0;
        }
    }

    /** One hold as JSON. */
    record HoldJson(
            String id,
            Optional<String> backup,
            Optional<Instant> from,
            Optional<Instant> to,
            String reason,
            String setBy,
            Instant setAt) {
        static HoldJson of(Hold hold) {
            return new HoldJson(
                    hold.id(),
                    hold.backup(),
                    hold.period().map(Hold.Period::from),
                    hold.period().map(Hold.Period::to),
                    hold.reason(),
                    hold.setBy(),
                    hold.setAt());
        }
    }
}
