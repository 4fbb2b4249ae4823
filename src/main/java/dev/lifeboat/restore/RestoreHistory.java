package dev.lifeboat.restore;

import dev.lifeboat.journal.Event;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a restore's journal says. A restore that had to start over begins anew at that event; one
 * that advanced to a later target is on a new <em>leg</em>, whose way from the server's start to
 * its pause begins anew while the base stays. Immutable.
 */
public final class RestoreHistory {
    static final String BEGAN = "restore-began";
    static final String STARTED_OVER = "started-over";
    static final String ADVANCED = "advanced";
    static final String STAGE_BEGAN = "stage-began";
    static final String STAGE_ENDED = "stage-ended";
    static final String RENAMED = "directory-renamed";
    static final String CLAIMED = "directories-claimed";
    static final String FRAME_PLACED = "frame-placed";

    /** A copy of a frame was found damaged; another region's may have taken its place. */
    public static final String FRAME_REFUSED = "frame-refused";

    static final String TABLESPACE_MADE = "tablespace-directory-made";
    static final String SOCKET = "socket-directory-made";
    static final String SERVER_STARTING = "server-starting";
    static final String LIMITS_RAISED = "limits-raised";
    static final String ARRIVED = "target-reached";
    static final String MADE_DURABLE = "made-durable";
    static final String PAUSED = "paused";
    static final String VERIFIED = "verified";
    static final String PROMOTED = "promoted";
    static final String STOPPED = "stopped";
    static final String HANDED_OVER = "handed-over";
    static final String SPOOLED = "dump-spooled";
    static final String SCRATCH_CREATING = "scratch-creating";
    static final String SCRATCH_CREATED = "scratch-created";
    static final String SCRATCH_DROPPED = "scratch-dropped";
    static final String FILLING = "filling";
    static final String SWAPPED = "names-swapped";
    static final String RESTORED = "restored";
    static final String KEPT_DROPPED = "kept-database-dropped";
    static final String FAILED = "failed";
    static final String DISCARDED = "discarded";

    private final List<Event> all;
    private final List<Event> events;
    private final List<Event> leg;

    private RestoreHistory(List<Event> all) {
        this.all = List.copyOf(all);
        this.events = sinceLast(STARTED_OVER, this.all);
        this.leg = sinceLast(ADVANCED, this.events);
    }

    private static List<Event> sinceLast(String name, List<Event> events) {
        int from = 0;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).is(name)) {
                from = i;
            }
        }
        return events.subList(from, events.size());
    }

    /** What happened since the restore last set out for a target: the whole, if it did so once. */
    RestoreHistory leg() {
        return new RestoreHistory(leg);
    }

    /**
     * @param events of the journal, oldest first
     */
    public static RestoreHistory of(List<Event> events) {
        return new RestoreHistory(events);
    }

    /** All events, those before the restore started over included. */
    public List<Event> events() {
        return all;
    }

    /** Whether something of that name happened since the restore last started over. */
    public boolean has(String name) {
        return last(name).isPresent();
    }

    /** The last event of that name since the restore last started over. */
    public Optional<Event> last(String name) {
        return events.reversed().stream().filter(event -> event.is(name)).findFirst();
    }

    /** Whether a stage was finished; one that an advance repeats, since the last of them. */
    public boolean ended(Stage stage) {
        List<Event> scope = stage.isOfTheBase() ? events : leg;
        return scope.stream().anyMatch(event -> isOf(event, STAGE_ENDED, stage));
    }

    /** How often the restore advanced, whether it started over since or not. */
    long advances() {
        return all.stream().filter(event -> event.is(ADVANCED)).count();
    }

    /** Since when it waits at its target; empty when it never came to wait there. */
    public Optional<Instant> pausedAt() {
        return leg().last(PAUSED).map(Event::at);
    }

    /** The stage that began last. */
    public Optional<Stage> stage() {
        return last(STAGE_BEGAN)
                .flatMap(event -> event.text("stage"))
                .map(word -> Stage.valueOf(word.toUpperCase(java.util.Locale.ROOT)));
    }

    /** How many processes worked on it, one after another. */
    public long begun() {
        return all.stream().filter(event -> event.is(BEGAN)).count();
    }

    /**
     * How long processes worked on it; what lies between two of them is none of it.
     *
     * @param now while a process works on it
     */
    public Duration worked(Optional<Instant> now) {
        Duration worked = Duration.ZERO;
        for (int i = 1; i < all.size(); i++) {
            if (!all.get(i).is(BEGAN)) {
                worked = worked.plus(Duration.between(all.get(i - 1).at(), all.get(i).at()));
            }
        }
        return all.isEmpty()
                ? worked
                : worked.plus(
                        now.map(at -> Duration.between(all.getLast().at(), at))
                                .orElse(Duration.ZERO));
    }

    /** Seconds by stage, of those that ended; a stage that was repeated counts with all of it. */
    public Map<Stage, Double> seconds() {
        Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
        for (Event event : all) {
            for (Stage stage : Stage.values()) {
                if (isOf(event, STAGE_ENDED, stage)
                        && event.fields().get("seconds") instanceof Number number) {
                    seconds.merge(stage, number.doubleValue(), Double::sum);
                }
            }
        }
        return seconds;
    }

    /** The frames that are in place: {@code stream/number}. */
    Set<String> placedFrames() {
        Set<String> placed = new HashSet<>();
        for (Event event : events) {
            if (event.is(FRAME_PLACED)) {
                placed.add(event.text("stream").orElse("") + "/" + event.number("number"));
            }
        }
        return placed;
    }

    /** Directories that replay wanted outside the data directory. */
    Set<Path> madeForTablespaces() {
        Set<Path> made = new LinkedHashSet<>();
        for (Event event : all) {
            if (event.is(TABLESPACE_MADE)) {
                event.text("path").map(Path::of).ifPresent(made::add);
            }
        }
        return made;
    }

    /** What the checks of the restored database found, once they were made. */
    public Optional<Event> checks() {
        return leg().last(VERIFIED);
    }

    /** The last problem that stopped it, unless it went on since. */
    public Optional<Event> failure() {
        List<Event> reversed = new ArrayList<>(all.reversed());
        for (Event event : reversed) {
            if (event.is(FAILED)) {
                return Optional.of(event);
            }
            if (event.is(BEGAN)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * How the restore stands.
     *
     * @param worked whether a process holds its lock
     * @param serverRuns whether a server runs on its data directory
     */
    public RestoreState state(boolean worked, boolean serverRuns) {
        if (has(DISCARDED)) {
            return RestoreState.DISCARDED;
        }
        if (worked) {
            return RestoreState.RUNNING;
        }
        RestoreHistory now = leg();
        if (now.has(RESTORED)) {
            return RestoreState.RESTORED;
        }
        if (now.has(HANDED_OVER)) {
            return RestoreState.HANDED_OVER;
        }
        if (now.has(PROMOTED)) {
            return RestoreState.PROMOTED;
        }
        if (now.has(MADE_DURABLE)) {
            return serverRuns && now.has(PAUSED) ? RestoreState.PAUSED : now.stoppedOrInterrupted();
        }
        if (failure().isPresent()
                && !Boolean.TRUE.equals(failure().get().fields().get("resumable"))) {
            return RestoreState.FAILED;
        }
        return all.isEmpty() ? RestoreState.PLANNED : RestoreState.INTERRUPTED;
    }

    private RestoreState stoppedOrInterrupted() {
        return has(PAUSED) || has(STOPPED) ? RestoreState.STOPPED : RestoreState.INTERRUPTED;
    }

    private static boolean isOf(Event event, String name, Stage stage) {
        return event.is(name) && event.text("stage").orElse("").equals(stage.word());
    }
}
