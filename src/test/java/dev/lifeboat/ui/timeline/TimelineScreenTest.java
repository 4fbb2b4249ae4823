package dev.lifeboat.ui.timeline;

import static dev.lifeboat.ui.timeline.SampleTimelines.at;

import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.TimelineData;

import javafx.scene.Parent;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The timeline in every state it can have, as pictures. */
class TimelineScreenTest extends ScreenPictures {
    private static final TaskRunner AT_ONCE = new TaskRunner(Runnable::run, Runnable::run);
    private static final TaskRunner NEVER = new TaskRunner(_ -> {}, Runnable::run);

    @Override
    protected String screen() {
        return "timeline";
    }

    @Override
    protected List<Look> looks() {
        List<Look> looks = new ArrayList<>(super.looks());
        looks.add(new Look(ThemeMode.CONTRAST, FontScale.P100, 1280, 800));
        return looks;
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        Map<String, Supplier<Parent>> states = new LinkedHashMap<>();
        states.put("target", () -> made(SampleTimelines.evening(), TimelineScreenTest::atTheDrop));
        states.put(
                "gap-in-both", () -> made(SampleTimelines.torn(), TimelineScreenTest::intoTheGap));
        states.put("partial-dr-silent", () -> made(SampleTimelines.partial(), _ -> {}));
        states.put("dense", () -> made(SampleTimelines.dense(), _ -> {}));
        states.put("compared", () -> made(SampleTimelines.evening(), TimelineScreenTest::compared));
        states.put("seconds", () -> made(SampleTimelines.evening(), TimelineScreenTest::seconds));
        states.put(
                "at-oldest",
                () ->
                        made(
                                SampleTimelines.evening(),
                                made ->
                                        made.viewModel
                                                .state()
                                                .put(at("2026-11-22T21:10:00Z"), true)));
        states.put(
                "fine-tune", () -> made(SampleTimelines.evening(), TimelineScreenTest::fineTune));
        states.put("finder", () -> made(SampleTimelines.evening(), TimelineScreenTest::finder));
        states.put("events", () -> made(SampleTimelines.evening(), TimelineScreenTest::events));
        states.put("stale", () -> stale());
        states.put("empty", () -> made(TimelineData.empty(SampleTimelines.LATEST), _ -> {}));
        states.put("loading", () -> new Made(new SampleSource(null), NEVER).show());
        states.put("error", TimelineScreenTest::failed);
        return states;
    }

    private static final class Made {
        private final TimelineViewModel viewModel;
        private final TimelineController controller;
        private final Parent root;

        Made(SampleSource source, TaskRunner tasks) {
            this(source, tasks, FakeServices.TIMES);
        }

        Made(SampleSource source, TaskRunner tasks, TimeText times) {
            viewModel = new TimelineViewModel(source, tasks, times, Navigator.nowhere());
            controller = new TimelineController(viewModel, () -> {});
            root = FxmlFile.TIMELINE.load(controller);
        }

        Parent show() {
            viewModel.refresh();
            controller.tick();
            return root;
        }
    }

    private static Parent made(TimelineData data, Consumer<Made> act) {
        var made = new Made(new SampleSource(data), AT_ONCE);
        Parent root = made.show();
        act.accept(made);
        return root;
    }

    private static void atTheDrop(Made made) {
        made.viewModel.state().setView(made.viewModel.state().view().resized(950));
        made.viewModel.state().put(at("2026-11-23T02:52:07Z"), true);
    }

    private static void intoTheGap(Made made) {
        made.viewModel.state().put(at("2026-11-22T23:40:00Z"), true);
    }

    private static void compared(Made made) {
        atTheDrop(made);
        made.viewModel.state().setGhost(at("2026-11-23T01:20:00Z"));
    }

    private static void seconds(Made made) {
        made.viewModel.state().put(at("2026-11-23T02:52:03.250Z"), false);
        made.viewModel
                .state()
                .setView(
                        made.viewModel
                                .state()
                                .view()
                                .showing(
                                        new Span(
                                                at("2026-11-23T02:52:00Z"),
                                                at("2026-11-23T02:52:09Z"))));
    }

    private static void fineTune(Made made) {
        atTheDrop(made);
        made.controller.openFineTune();
    }

    private static void finder(Made made) {
        made.viewModel.finder().search(true, "", Optional.empty());
        made.controller.openFinder();
        made.viewModel.finder().aim(made.viewModel.finder().found().getLast());
    }

    private static void events(Made made) {
        made.controller.openEvents();
    }

    private static Parent stale() {
        var later = Clock.offset(FakeServices.TIMES.clock(), Duration.ofMinutes(47));
        var made =
                new Made(
                        new SampleSource(SampleTimelines.evening()),
                        AT_ONCE,
                        new TimeText(later, FakeServices.TIMES.zone()));
        return made.show();
    }

    private static Parent failed() {
        var source = new SampleSource(SampleTimelines.evening());
        var made = new Made(source, AT_ONCE);
        made.show();
        source.problem = FakeServices.unreachable();
        made.viewModel.refresh();
        return made.root;
    }
}
