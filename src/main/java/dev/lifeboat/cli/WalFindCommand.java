package dev.lifeboat.cli;

import dev.lifeboat.catalog.find.FindListener;
import dev.lifeboat.catalog.find.FindRequest;
import dev.lifeboat.catalog.find.FindResult;
import dev.lifeboat.catalog.find.TransactionFinder;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.HarmKind;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code wal find}: which transaction did it. */
@Command(
        name = "find",
        description = {
            "Searches the archived WAL for transactions that hurt: dropped tables and databases,"
                    + " truncated tables, many rows deleted or updated, many definitions changed.",
            "Each comes with the target of a restore that stops just before it."
        },
        footer = {
            "",
            "For example:  lifeboat wal find --kind drop",
            "              lifeboat wal find --relation scenario_logs --from '2026-04-07 12:00:00'",
            "              lifeboat wal find --around '2026-04-07 14:30:00' --count 10",
            "Then:         lifeboat restore latest --target-lsn LSN --exclusive"
        })
final class WalFindCommand implements Callable<Integer> {
    private static final int MOST_NAMES = 3;

    private final Session session;

    @Option(names = "--from", paramLabel = "TIME", description = "Commits from this time on.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Commits up to this time.")
    private String to;

    @Option(
            names = "--relation",
            paramLabel = "[SCHEMA.]NAME",
            description = "Only what touched this table; then every deleted or updated row counts.")
    private String relation;

    @Option(
            names = "--kind",
            paramLabel = "drop|dropdatabase|truncate|delete|update|ddl",
            split = ",",
            description = "Only this kind; may be given several times.")
    private List<String> kinds = List.of();

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Leave out deletes and updates of fewer rows; default 100.")
    private Long rows;

    @Option(
            names = "--around",
            paramLabel = "TIME",
            description = "Show every transaction before and after this time instead.")
    private String around;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "With --around: so many on either side; default 10.")
    private int count;

    WalFindCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        FindRequest request = request();
        Optional<Instant> instant = TimeOption.read("--around", around, session.output());
        Progress progress = new Progress();
        var heard = new Heard();
        try (Engine engine = session.engine(RegionChoice.AUTO)) {
            TransactionFinder finder = engine.finder();
            FindResult result;
            try (var _ = session.output().watch("read WAL", progress, ProgressUnit.BYTES)) {
                result =
                        instant.isPresent()
                                ? finder.around(instant.get(), count, progress, session.cancel())
                                : finder.find(request, heard, progress, session.cancel());
            } catch (CancelledException stopped) {
                heard.sayHowFar();
                throw stopped;
            }
            result.notes().forEach(note -> session.output().say("Note: " + note));
            session.output().result(FoundJson.of(result), () -> text(result));
        }
        return 0;
    }

    private FindRequest request() throws RecoveryException {
        if (count < 1 || (rows != null && rows < 1)) {
            throw usage("A number is too small.", "--count and --rows take 1 and more.");
        }
        if (around != null && (from != null || to != null || relation != null || rows != null)) {
            throw usage(
                    "--around stands with --count alone.",
                    "It shows every transaction near one time.");
        }
        Set<HarmKind> chosen = EnumSet.noneOf(HarmKind.class);
        for (String kind : kinds) {
            chosen.add(
                    HarmKind.ofWord(kind)
                            .orElseThrow(
                                    () ->
                                            usage(
                                                    "'" + kind + "' is no kind.",
                                                    "There are drop, dropdatabase, truncate,"
                                                            + " delete, update and ddl.")));
        }
        return new FindRequest(
                TimeOption.read("--from", from, session.output()),
                TimeOption.read("--to", to, session.output()),
                Optional.ofNullable(relation),
                chosen,
                rows != null ? rows : relation != null ? 1 : FindRequest.MANY_ROWS);
    }

    private static RecoveryException usage(String what, String why) {
        return new RecoveryException(
                new Problem(ProblemCode.USAGE, what, why, "See lifeboat wal find --help."));
    }

    /** Says what is found while more is read, each once. */
    private final class Heard implements FindListener {
        private final Set<String> said = new HashSet<>();
        private Optional<FindResult.Scanned> last = Optional.empty();

        @Override
        public void found(FoundTransaction found) {
            String kind = found.kind().map(HarmKind::word).orElse("-");
            if (said.add(kind + found.lsn())) {
                session.output()
                        .say(
                                "Found: "
                                        + kind
                                        + " "
                                        + names(found)
                                        + " at "
                                        + time(found.time())
                                        + ".");
            }
        }

        @Override
        public void scanned(FindResult.Scanned part) {
            last = Optional.of(part);
        }

        void sayHowFar() {
            session.output()
                    .say(
                            last.flatMap(part -> read(part))
                                    .map(part -> "Until it was stopped: " + part + ".")
                                    .orElse(
                                            "It was stopped before the WAL of one base was read"
                                                    + " whole."));
        }
    }

    private Optional<String> read(FindResult.Scanned part) {
        return part.from()
                .map(
                        first ->
                                "read commits from "
                                        + time(first)
                                        + " to "
                                        + time(part.to().orElse(first)));
    }

    private String text(FindResult result) {
        StringBuilder text = new StringBuilder();
        if (result.transactions().isEmpty()) {
            text.append("Nothing of that kind was found.");
        } else {
            Table table =
                    new Table(
                            "COMMITTED", "XID", "KIND", "DATABASE", "WHAT", "ROWS", "STOP BEFORE");
            result.transactions().forEach(found -> add(table, found));
            text.append(table.text());
        }
        result.scanned()
                .from()
                .ifPresent(
                        first ->
                                text.append("\n\nRead: commits from ")
                                        .append(time(first))
                                        .append(" to ")
                                        .append(time(result.scanned().to().orElse(first))));
        text.append(
                result.scanned().complete()
                        ? ""
                        : "\nNot everything could be read: what is not shown may be there.");
        if (!result.transactions().isEmpty()) {
            text.append("\nNext:  lifeboat restore latest --target-lsn ")
                    .append(result.transactions().getLast().stopBefore())
                    .append(" --exclusive");
        }
        return text.toString();
    }

    private void add(Table table, FoundTransaction found) {
        table.add(
                around == null ? time(found.time()) : found.time().toString(),
                Integer.toUnsignedString(found.xid()),
                found.kind().map(HarmKind::word).orElse("-"),
                found.database(),
                names(found),
                found.rows().isPresent() ? Long.toString(found.rows().getAsLong()) : "?",
                found.stopBefore().toString());
    }

    private static String names(FoundTransaction found) {
        List<String> names = found.relations();
        if (names.isEmpty()) {
            return found.kind().equals(Optional.of(HarmKind.DROPDATABASE)) ? found.database() : "-";
        }
        String first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() > MOST_NAMES
                ? first + " and " + (names.size() - MOST_NAMES) + " more"
                : first;
    }

    private String time(Instant instant) {
        return Timestamps.both(instant, session.zone());
    }
}
