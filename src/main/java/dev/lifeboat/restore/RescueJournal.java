package dev.lifeboat.restore;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.journal.Event;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The journal of one rescue, beside its scripts: it is written while another process may hold the
 * restore's own. Its beginning is on disk before the live database is written to, so that a rescue
 * that was killed is known. For one thread.
 */
public final class RescueJournal implements AutoCloseable {
    private static final String BEGAN = "rescue-began";
    private static final String TABLE = "rescue-table";
    private static final String ENDED = "rescue-ended";
    private static final String FAILED = "rescue-failed";
    private static final String ENDING = ".jsonl";

    private final Journal journal;
    private Problem lost;

    private RescueJournal(Journal journal) {
        this.journal = journal;
    }

    /**
     * Writes down that a rescue begins.
     *
     * @param folder of the restore whose copy the rows are of
     * @param asked what it is about: {@code into}, {@code by}, {@code asked}, {@code
     *     includeChanged}
     * @throws RecoveryException HOST_FAILURE, NO_SPACE: nothing is brought back that no record
     *     tells of
     */
    public static RescueJournal begin(RestoreFolder folder, Map<String, ?> asked, Clock clock)
            throws RecoveryException {
        Map<String, Object> fields = new LinkedHashMap<>(asked);
        fields.put("copy", copy(RestoreHistory.of(Journal.read(folder.journal()))));
        String name =
                Timestamps.key(clock.instant()) + "-" + ProcessHandle.current().pid() + ENDING;
        var journal = new RescueJournal(Journal.open(folder.rescue().resolve(name), clock));
        try {
            journal.journal.record(BEGAN, fields);
            return journal;
        } catch (RecoveryException refused) {
            journal.close();
            throw refused;
        }
    }

    /** How the copy stands: whether it takes writes, and the end of what it replayed. */
    private static Map<String, Object> copy(RestoreHistory history) {
        RestoreHistory leg = history.leg();
        Optional<Event> arrived = leg.last(RestoreHistory.ARRIVED);
        Map<String, Object> copy = new LinkedHashMap<>();
        copy.put("state", leg.has(RestoreHistory.PROMOTED) ? "promoted" : "paused");
        copy.put("lsn", arrived.flatMap(event -> event.text("lsn")).orElse(null));
        copy.put("time", arrived.flatMap(event -> event.text("time")).orElse(null));
        return copy;
    }

    /** What was done to one table, once it is committed. */
    public void table(Map<String, ?> done) {
        tell(TABLE, done);
    }

    /** All tables are done. */
    public void ended() {
        tell(ENDED, Map.of());
    }

    /** Something stopped it; the tables that were told are done. */
    public void failed(Problem problem) {
        tell(FAILED, Map.of("problem", RestoreJob.fields(problem)));
    }

    /** The live database was written to already: what cannot be told does not stop the rest. */
    private void tell(String name, Map<String, ?> fields) {
        try {
            journal.record(name, fields);
        } catch (RecoveryException untold) {
            lost = untold.problem();
        }
    }

    /** Why not all of it could be written down; empty when all of it was. */
    public Optional<Problem> lost() {
        return Optional.ofNullable(lost);
    }

    @Override
    public void close() {
        try {
            journal.close();
        } catch (RecoveryException untold) {
            lost = untold.problem();
        }
    }

    /**
     * All rescues from the copy of a restore.
     *
     * @param rescues oldest first
     * @param unreadable what cannot be read, in sentences: a restore is not held up by it
     */
    record Found(List<Rescue> rescues, List<String> unreadable) {}

    static Found read(RestoreFolder folder) {
        var found = new Found(new ArrayList<>(), new ArrayList<>());
        try {
            for (Path file : files(folder.rescue())) {
                read(file, found);
            }
        } catch (RecoveryException refused) {
            found.unreadable.add(refused.problem().what());
        }
        return found;
    }

    private static void read(Path file, Found found) {
        List<Event> run = new ArrayList<>();
        try {
            for (Event event : Journal.read(file)) {
                if (event.is(BEGAN)) {
                    add(found.rescues, run);
                    run.clear();
                }
                run.add(event);
            }
            add(found.rescues, run);
        } catch (RecoveryException damaged) {
            found.unreadable.add(damaged.problem().what());
        }
    }

    private static void add(List<Rescue> rescues, List<Event> run) {
        if (!run.isEmpty()) {
            List<Event> tables = run.stream().filter(event -> event.is(TABLE)).toList();
            Optional<Event> end =
                    Optional.of(run.getLast()).filter(e -> e.is(ENDED) || e.is(FAILED));
            rescues.add(new Rescue(run.getFirst(), tables, end));
        }
    }

    private static List<Path> files(Path place) throws RecoveryException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
        } catch (IOException refused) {
            throw FileProblem.of("The rescues cannot be read", place, refused);
        } catch (UncheckedIOException refused) {
            throw FileProblem.of("The rescues cannot be read", place, refused.getCause());
        }
    }
}
