package dev.lifeboat.cli;

import dev.lifeboat.journal.Event;
import dev.lifeboat.journal.RunLog;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.RestoreHistory;
import dev.lifeboat.restore.RestoreOutcome;
import dev.lifeboat.restore.RestoreProgress;
import dev.lifeboat.restore.Stage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells a running restore: each event of its journal and, once a second, how far it has come, as
 * JSON lines or as plain lines for people, and in a {@code restore_<time>.log}.
 */
final class RestoreReporter implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** What stops a restore because bytes are not what they were. */
    private static final Set<ProblemCode> DAMAGE =
            EnumSet.of(
                    ProblemCode.OBJECT_DAMAGED,
                    ProblemCode.OBJECT_TRUNCATED,
                    ProblemCode.PADDING_WRONG,
                    ProblemCode.WAL_DAMAGED);

    private final String id;
    private final Output output;
    private final ZoneId zone;
    private final RunLog log;
    private final Runnable onDamage;
    private final CancelToken done = new CancelToken();
    private Thread sampler;

    /**
     * @param log gets the events and the end, for whoever looks there later; stays the caller's
     * @param onDamage is told when a copy of an object was found damaged, whether or not another
     *     one took its place
     */
    RestoreReporter(String id, Output output, ZoneId zone, RunLog log, Runnable onDamage) {
        this.log = log;
        this.onDamage = onDamage;
        this.id = id;
        this.output = output;
        this.zone = zone;
    }

    /** Begins to sample. */
    void watch(RestoreProgress progress) {
        sampler = Thread.ofPlatform().daemon().name("progress").start(() -> sample(progress));
    }

    /** Tells one event. */
    void event(Event event) {
        log.say(id + "  " + event.name() + (event.fields().isEmpty() ? "" : " " + event.fields()));
        var line = new LinkedHashMap<String, Object>();
        line.put("event", event.name());
        line.put("id", id);
        line.put("at", event.at().toString());
        line.putAll(event.fields());
        if (!event.is("failed")) {
            output.event(line);
        }
        if (event.is(RestoreHistory.FRAME_REFUSED)) {
            onDamage.run();
        }
        if (event.is("verified")) {
            output.say(CheckedText.of(event.fields()));
        }
        if (event.is("stage-ended")) {
            output.say(
                    "%-10s done in %s s"
                            .formatted(
                                    event.text("stage").orElse(""),
                                    event.text("seconds").orElse("?")));
        }
    }

    /** Tells the end that was reached; the last line. */
    void finished(RestoreOutcome outcome) {
        log.say(id + "  is " + outcome.state().word());
        var line = new LinkedHashMap<String, Object>();
        line.put("event", "finished");
        line.put("id", id);
        line.put("state", outcome.state().word());
        line.put("dataDirectory", outcome.dataDirectory().map(Path::toString).orElse(null));
        line.put("connection", outcome.connection().orElse(null));
        line.put("target", outcome.target().map(RestoreReporter::target).orElse(null));
        line.put("reached", outcome.reached().map(RestoreReporter::reached).orElse(null));
        output.event(line);
        output.say(
                "Restore "
                        + id
                        + " is "
                        + outcome.state().word()
                        + outcome.reached().map(this::place).orElse("")
                        + ".");
        outcome.dataDirectory().ifPresent(path -> output.say("Data directory: " + path));
        outcome.connection().ifPresent(uri -> output.say("Connect with:   psql '" + uri + "'"));
    }

    private static Map<String, Object> reached(RestoreOutcome.Reached reached) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("time", reached.time().map(Instant::toString).orElse(null));
        fields.put("lsn", reached.lsn().toString());
        fields.put("xid", reached.xid().orElse(null));
        return fields;
    }

    private String place(RestoreOutcome.Reached reached) {
        return " at "
                + reached.lsn()
                + reached.time()
                        .map(time -> ", last transaction of " + Timestamps.both(time, zone))
                        .orElse("");
    }

    /** Tells what stopped it; the last line. */
    int failed(RecoveryException stopped, boolean resumable) {
        Problem problem = stopped.problem();
        boolean damage = DAMAGE.contains(stopped.code());
        if (damage) {
            onDamage.run();
        }
        log.say(
                id
                        + "  stopped, "
                        + problem.code()
                        + ": "
                        + problem.what()
                        + " "
                        + problem.why()
                        + " "
                        + problem.remedy());
        output.talk(problem);
        var line = new LinkedHashMap<String, Object>();
        line.put("event", "failed");
        line.put("id", id);
        line.put("resumable", resumable);
        line.put("problem", problem);
        output.event(line);
        if (resumable) {
            output.say(
                    damage
                            ? "It can go on once a good copy of that is in a region (lifeboat replicate"
                                    + " --check --deep): lifeboat restores resume "
                                    + id
                            : "It can go on with: lifeboat restores resume " + id);
        }
        return resumable && stopped.code() == ProblemCode.CANCELLED
                ? ProblemCode.INTERRUPTED.exitCode()
                : stopped.code().exitCode();
    }

    /** A target as {@code --json} answers print it. */
    static Map<String, Object> target(RecoveryTarget target) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", target.kind().word());
        fields.put("value", target.value().isEmpty() ? null : target.value());
        fields.put("inclusive", target.inclusive());
        fields.put("timeline", target.timeline().orElse(null));
        return fields;
    }

    @Override
    public void close() {
        done.cancel();
        if (sampler != null) {
            sampler.interrupt();
        }
    }

    private void sample(RestoreProgress progress) {
        var pace = new RestorePace();
        try {
            while (!done.isCancelled()) {
                done.sleep(PERIOD);
                Stage stage = progress.stage();
                Progress counter = counter(progress, stage);
                RestorePace.Seen seen =
                        pace.at(stage, counter.done(), counter.total(), System.nanoTime());
                progress.measured(seen.pace(stage));
                tell(stage, seen, counter.waitingFor(), progress);
            }
        } catch (CancelledException ended) {
            // The restore is over.
        }
    }

    private static Progress counter(RestoreProgress progress, Stage stage) {
        return stage == Stage.REPLAY ? progress.segments() : progress.fetched();
    }

    private void tell(
            Stage stage, RestorePace.Seen seen, String waitingFor, RestoreProgress progress) {
        output.event(line(id, stage, seen, waitingFor, progress));
        if (stage == Stage.FETCH || stage == Stage.REPLAY) {
            output.say(text(stage, seen, progress));
        }
    }

    /** A line of progress; replay counts segments, and is told in bytes as well. */
    static Map<String, Object> line(
            String id,
            Stage stage,
            RestorePace.Seen seen,
            String waitingFor,
            RestoreProgress progress) {
        long unit = stage == Stage.REPLAY ? progress.segmentBytes() : 1;
        var line = new LinkedHashMap<String, Object>();
        line.put("event", "progress");
        line.put("id", id);
        line.put("stage", stage.word());
        line.put("doneBytes", seen.done() * unit);
        line.put("totalBytes", seen.total() * unit);
        line.put("etaSeconds", seen.etaSeconds());
        line.put("waitingFor", waitingFor);
        if (stage == Stage.REPLAY) {
            line.put("doneSegments", seen.done());
            line.put("totalSegments", seen.total());
        }
        progress.replayed().time().ifPresent(time -> line.put("replayedTo", time.toString()));
        return line;
    }

    private String text(Stage stage, RestorePace.Seen seen, RestoreProgress progress) {
        String amount =
                stage == Stage.FETCH
                        ? ByteSize.format(seen.done())
                                + " of "
                                + ByteSize.format(seen.total())
                                + rate(seen)
                        : seen.done() + " of " + seen.total() + " segments";
        Long low = seen.etaSeconds().getFirst();
        String eta =
                low == null
                        ? ""
                        : ", " + left(low) + " to " + left(seen.etaSeconds().getLast()) + " left";
        String at =
                progress.replayed()
                        .time()
                        .map(time -> ", at " + Timestamps.both(time, zone))
                        .orElse("");
        return stage.word() + ": " + amount + eta + at;
    }

    private static String left(long seconds) {
        return TimeSpan.told(Duration.ofSeconds(seconds));
    }

    private static String rate(RestorePace.Seen seen) {
        return seen.rate().isEmpty()
                ? ""
                : ", " + ByteSize.format((long) seen.rate().getAsDouble()) + "/s";
    }
}
