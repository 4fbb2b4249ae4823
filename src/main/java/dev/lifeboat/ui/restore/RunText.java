package dev.lifeboat.ui.restore;

import dev.lifeboat.journal.Event;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.Rescue;
import dev.lifeboat.restore.RestorePlan;
import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.Stage;
import dev.lifeboat.restore.StagePace;
import dev.lifeboat.restore.TargetWords;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.TimeText;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said of a restore. Plain; for any thread. */
final class RunText {
    private final TimeText times;

    RunText(TimeText times) {
        this.times = times;
    }

    /** The target, for people: its time in UTC and local, and what it stands before. */
    String target(RestorePlan plan) {
        return switch (plan) {
            case PhysicalPlan physical -> TargetWords.of(physical, times.zone());
            case LogicalPlan logical ->
                    logical.source().id() + " → " + logical.target().confirmText();
        };
    }

    /** Where it has come in the database's own time; empty before replay tells. */
    Optional<String> replayed(Optional<RestoreSample> sample) {
        return sample.flatMap(RestoreSample::replayedTime)
                .map(at -> Messages.text("run.replayed", times.both(at)));
    }

    /** {@code 53.7 of 88.0 GiB · 142 MiB/s · 26–39 m left · waiting for S3}. */
    String progress(RestoreSample sample, RunPace pace, Instant now) {
        List<String> parts = new ArrayList<>();
        boolean bytes = sample.stage() == Stage.FETCH;
        long total = RunPace.total(sample);
        long done = RunPace.done(sample);
        if ((bytes || sample.stage() == Stage.REPLAY) && total > 0) {
            parts.add(
                    bytes
                            ? Messages.text(
                                    "run.bytes", ByteSize.format(done), ByteSize.format(total))
                            : Messages.text("run.segments", done, total));
            sample.pace()
                    .ifPresent(
                            measured -> {
                                parts.add(rate(bytes, measured.rate()));
                                parts.add(left(measured));
                            });
        }
        if (sample.retries() > 0) {
            parts.add(Messages.count("run.retries", sample.retries()));
        }
        if (!sample.waitingFor().isEmpty()) {
            parts.add(Messages.text("run.waiting", sample.waitingFor()));
        }
        pace.stalled(now)
                .ifPresent(idle -> parts.add(Messages.text("run.stalled", TimeSpan.told(idle))));
        return String.join("  ·  ", parts);
    }

    /** What is being fetched and unpacked; empty when it is not told. */
    static String inFlight(Optional<RestoreSample> sample) {
        return sample.map(RestoreSample::inFlight)
                .filter(names -> !names.isEmpty())
                .map(names -> Messages.text("run.inFlight", String.join("  ·  ", names)))
                .orElse("");
    }

    private static String rate(boolean bytes, double rate) {
        return bytes
                ? ByteSize.format(Math.round(rate)) + "/s"
                : Messages.text("run.rate", "%.1f".formatted(rate));
    }

    private static String left(StagePace now) {
        return Messages.text(
                "run.left",
                TimeSpan.told(Duration.ofSeconds(now.lowSeconds())),
                TimeSpan.told(Duration.ofSeconds(now.highSeconds())));
    }

    /** How long it was worked on, until now while it is; empty before that began. */
    static Optional<Duration> worked(RestoreView view, Instant now) {
        boolean works = view.state() == RestoreState.RUNNING;
        return view.startedAt()
                .map(_ -> view.history().worked(Optional.of(now).filter(_ -> works)));
    }

    /** Since when it stands at its target; empty when it does not. */
    Optional<Instant> pausedSince(RestoreView view) {
        return view.state() == RestoreState.PAUSED
                ? view.history().last("paused").map(Event::at)
                : Optional.empty();
    }

    /** One paragraph for a chat. */
    String status(RestoreView view, Optional<RestoreSample> sample, RunPace pace, Instant now) {
        var text = new StringBuilder();
        text.append(
                Messages.text(
                        "run.chat",
                        view.id(),
                        view.state().word(),
                        view.plan().host(),
                        target(view.plan())));
        worked(view, now)
                .ifPresent(
                        t ->
                                text.append(' ')
                                        .append(
                                                Messages.text(
                                                        "run.chat.worked", TimeSpan.told(t))));
        sample.map(s -> s.stage().word() + ": " + progress(s, pace, now))
                .ifPresent(s -> text.append(' ').append(s).append('.'));
        replayed(sample).ifPresent(s -> text.append(' ').append(s).append('.'));
        view.connection()
                .ifPresent(uri -> text.append(' ').append(Messages.text("run.chat.connect", uri)));
        rescued(view.rescues()).ifPresent(words -> text.append(' ').append(words));
        view.history()
                .failure()
                .flatMap(RunText::problem)
                .ifPresent(p -> text.append(' ').append(p.what()).append(' ').append(p.remedy()));
        return text.toString();
    }

    /** What was brought back from the copy, the last run in full; empty when nobody tried. */
    private Optional<String> rescued(List<Rescue> rescues) {
        if (rescues.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(List.of(rescued(rescues.getLast())));
        if (rescues.size() > 1) {
            words.add(Messages.count("run.chat.rescue.earlier", rescues.size() - 1));
        }
        return Optional.of(String.join(" ", words));
    }

    private String rescued(Rescue run) {
        String rows =
                Messages.text(
                        "run.chat.rescue",
                        times.both(run.at()),
                        run.inserted(),
                        run.updated(),
                        run.into(),
                        String.join(", ", run.done().isEmpty() ? run.asked() : run.done()));
        String stopped =
                run.stoppedBy()
                        .map(what -> " " + Messages.text("run.chat.rescue.stopped", what))
                        .orElse("");
        return run.end().isPresent()
                ? rows + stopped
                : rows + " " + Messages.text("run.chat.rescue.notTold");
    }

    /** The problem in a {@code failed} event. */
    static Optional<Problem> problem(Event failed) {
        if (!(failed.fields().get("problem") instanceof Map<?, ?> told)) {
            return Optional.empty();
        }
        ProblemCode code;
        try {
            code = ProblemCode.valueOf(String.valueOf(told.get("code")));
        } catch (IllegalArgumentException newer) {
            code = ProblemCode.UNEXPECTED;
        }
        return Optional.of(
                new Problem(
                        code,
                        String.valueOf(told.get("what")),
                        String.valueOf(told.get("why")),
                        String.valueOf(told.get("remedy"))));
    }
}
