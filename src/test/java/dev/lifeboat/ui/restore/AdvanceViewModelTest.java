package dev.lifeboat.ui.restore;

import static dev.lifeboat.ui.timeline.SampleTimelines.at;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Dialogs;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.Notices;
import dev.lifeboat.ui.RestoreIntent;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.restore.AdvanceViewModel.Direction;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.timeline.SampleSource;
import dev.lifeboat.ui.timeline.SampleTimelines;
import dev.lifeboat.ui.timeline.model.SnapTo;
import dev.lifeboat.ui.timeline.model.Target;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

class AdvanceViewModelTest {
    private final FlowServices services = new FlowServices();
    private final List<RestoreIntent> planned = new ArrayList<>();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final ScreenContext context = context();
    private final SampleSource source = new SampleSource(SampleTimelines.evening());
    private final RunViewModel run = new RunViewModel(context);
    private final AdvanceViewModel model = new AdvanceViewModel(context, run, source);

    @Test
    void beginsWhereTheCopyStands() {
        open(AdvanceSights.paused());

        assertThat(model.getTimeline().state().ghost().map(Target::at))
                .contains(at(AdvanceSights.REACHED));
        assertThat(model.stands().orElseThrow()).contains("01:20:00");
        assertThat(model.getTimeline().state().marker().map(Target::at))
                .contains(at(AdvanceSights.REACHED));
        assertThat(direction()).isEqualTo(Direction.NONE);
    }

    @Test
    void goesOnToALaterInstantOfTheTimeline() {
        open(AdvanceSights.paused());
        put("2026-11-23T02:52:07Z");

        assertThat(direction()).isEqualTo(Direction.LATER);
        model.goOn();
        work();

        assertThat(services.commands)
                .containsExactly(
                        List.of(
                                "restores",
                                "advance",
                                Sights.ID,
                                "--target-time",
                                "2026-11-23T02:52:07Z"));
    }

    @Test
    void anEarlierInstantIsOfferedAsANewRestoreAndNeverAsAWayOn() {
        open(AdvanceSights.paused());
        put("2026-11-23T01:19:59Z");

        assertThat(direction()).isEqualTo(Direction.EARLIER);
        model.goOn();
        work();
        assertThat(services.commands).isEmpty();

        model.restoreAnew();
        assertThat(planned.getFirst().target().orElseThrow().value())
                .isEqualTo("2026-11-23T01:19:59Z");
        assertThat(services.commands).isEmpty();
    }

    @Test
    void aLaterInstantIsNoNewRestore() {
        open(AdvanceSights.paused());
        put("2026-11-23T02:52:07Z");

        model.restoreAnew();

        assertThat(planned).isEmpty();
    }

    @Test
    void whereItIsNotKnownWhenTheCopyStandsTheCommandCompares() {
        open(AdvanceSights.pausedSomewhere());
        put("2026-11-23T02:52:07Z");

        assertThat(direction()).isEqualTo(Direction.UNKNOWN);
        assertThat(model.stands()).isEmpty();
        model.goOn();
        work();

        assertThat(services.commands).hasSize(1);
    }

    @Test
    void aCopyThatWasPromotedGoesNowhere() {
        open(AdvanceSights.paused());
        put("2026-11-23T02:52:07Z");

        show(AdvanceSights.promoted());
        model.goOn();
        work();

        assertThat(model.openProperty().get()).isFalse();
        assertThat(services.commands).isEmpty();
    }

    @Test
    void theChoiceForOneRestoreIsNotAnothers() {
        open(AdvanceSights.paused());
        put("2026-11-23T02:52:07Z");
        RestoreView seen = AdvanceSights.paused();
        model.show(
                new RestoreView(
                        "another",
                        seen.state(),
                        seen.stage(),
                        seen.plan(),
                        seen.startedAt(),
                        seen.connection(),
                        seen.history()));

        model.goOn();
        work();

        assertThat(services.commands).isEmpty();
    }

    @Test
    void aTimelineThatCannotBeReadIsToldAndLeadsNowhere() {
        source.problem = FakeServices.unreachable();
        open(AdvanceSights.paused());
        put("2026-11-23T02:52:07Z");

        model.goOn();
        work();

        assertThat(model.getTimeline().getProblem()).isEqualTo(FakeServices.unreachable());
        assertThat(services.commands).isEmpty();
    }

    private Direction direction() {
        return model.directionProperty().get();
    }

    private void open(RestoreView view) {
        show(view);
        model.open();
        work();
    }

    private void work() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    private void show(RestoreView view) {
        services.restores.clear();
        services.restores.add(view);
        run.show(Sights.ID);
        work();
        model.show(view);
    }

    private void put(String time) {
        model.getTimeline().snapTo(SnapTo.NOTHING);
        model.getTimeline().show(Instant.parse(time));
    }

    private ScreenContext context() {
        var tasks = new TaskRunner(background::add, Runnable::run);
        return new ScreenContext(
                services,
                tasks,
                Ticker.still(),
                FakeServices.TIMES,
                new Recorder(),
                Notices.none(),
                Dialogs.none(),
                new Jobs(services.commands(), tasks));
    }

    private final class Recorder implements Navigator {
        @Override
        public void open(Destination destination) {}

        @Override
        public boolean has(Destination destination) {
            return true;
        }

        @Override
        public void restore(RestoreIntent intent) {
            planned.add(intent);
        }

        @Override
        public void showRestore(String id) {}

        @Override
        public void timeline(Instant at) {}
    }
}
