package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.LogicalPlan;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.Stage;
import dev.lifeboat.restore.TargetAction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stages of one restore as they stand. Plain; for any thread. */
final class RunStages {
    private static final List<Stage> OF_DUMP =
            List.of(
                    Stage.CHECK,
                    Stage.CHOOSE,
                    Stage.FETCH,
                    Stage.PLACE,
                    Stage.CONFIGURE,
                    Stage.VERIFY,
                    Stage.HANDOVER);

    private RunStages() {}

    /** How a stage stands. */
    enum Standing {
        WAITING,
        RUNNING,
        DONE,
        STOPPED
    }

    /**
     * One stage.
     *
     * @param seconds it took; empty while it is not over
     * @param fraction of it that is done, 0 to 1; empty where nothing can be counted
     */
    record Row(
            Stage stage, Standing standing, Optional<Double> seconds, Optional<Double> fraction) {}

    /** The rows, in the order of the work. */
    static List<Row> of(RestoreView view, Optional<RestoreSample> sample) {
        List<Row> rows = new ArrayList<>();
        for (Stage stage : wanted(view)) {
            rows.add(row(stage, view, sample));
        }
        return rows;
    }

    private static List<Stage> wanted(RestoreView view) {
        return switch (view.plan()) {
            case PhysicalPlan _ -> ofCluster(view);
            case LogicalPlan _ -> OF_DUMP;
        };
    }

    private static List<Stage> ofCluster(RestoreView view) {
        List<Stage> stages = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            boolean optional = stage.compareTo(Stage.PAUSE) > 0;
            if (!optional || view.history().seconds().containsKey(stage) || isNext(view, stage)) {
                stages.add(stage);
            }
        }
        return stages;
    }

    private static boolean isNext(RestoreView view, Stage stage) {
        boolean promotes =
                view.plan() instanceof PhysicalPlan plan
                        && plan.action() == TargetAction.PROMOTE
                        && stage == Stage.PROMOTE;
        return promotes || view.stage().filter(stage::equals).isPresent();
    }

    private static Row row(Stage stage, RestoreView view, Optional<RestoreSample> sample) {
        Optional<Double> seconds = Optional.ofNullable(view.history().seconds().get(stage));
        if (view.stage().filter(stage::equals).isPresent() && !endedLast(view, stage)) {
            return view.state() == RestoreState.RUNNING
                    ? new Row(
                            stage,
                            Standing.RUNNING,
                            Optional.empty(),
                            sample.flatMap(s -> share(s, stage)))
                    : new Row(stage, Standing.STOPPED, seconds, Optional.empty());
        }
        return view.history().ended(stage)
                ? new Row(stage, Standing.DONE, seconds, Optional.of(1.0))
                : new Row(stage, Standing.WAITING, Optional.empty(), Optional.empty());
    }

    /** Whether the journal's last word on the stage is its end. */
    private static boolean endedLast(RestoreView view, Stage stage) {
        return view.history().events().reversed().stream()
                .filter(event -> event.text("stage").filter(stage.word()::equals).isPresent())
                .filter(event -> event.is("stage-began") || event.is("stage-ended"))
                .findFirst()
                .filter(event -> event.is("stage-ended"))
                .isPresent();
    }

    private static Optional<Double> share(RestoreSample sample, Stage stage) {
        return switch (stage) {
            case FETCH -> share(sample.fetchedBytes(), sample.totalBytes());
            case REPLAY -> share(sample.segments(), sample.totalSegments());
            default -> Optional.empty();
        };
    }

    private static Optional<Double> share(long done, long total) {
        return total <= 0
                ? Optional.empty()
                : Optional.of(Math.clamp((double) done / total, 0.0, 1.0));
    }
}
