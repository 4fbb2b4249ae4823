package dev.lifeboat.ui.timeline;

import dev.lifeboat.ui.Accepts;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.Screen;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.control.Sheet;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.timeline.source.EngineTimelineSource;

import javafx.scene.Node;
import javafx.scene.Parent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The timeline as a place of the console. */
public final class TimelineScreen implements Screen, Accepts {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration OLD = Duration.ofMinutes(5);

    private final ScreenContext context;
    private final TimelineViewModel viewModel;
    private final TimelineController controller;
    private final Parent root;
    private Ticker.Ticking ticking = () -> {};

    /** Over the engine of the context's profile. */
    public TimelineScreen(ScreenContext context) {
        this(context, new EngineTimelineSource(context.services(), context.times().clock()));
    }

    /**
     * @param source where the timeline comes from
     */
    TimelineScreen(ScreenContext context, TimelineSource source) {
        this.context = context;
        this.viewModel =
                new TimelineViewModel(
                        source, context.tasks(), context.times(), context.navigator());
        this.controller = new TimelineController(viewModel, this::showKeys);
        this.root = FxmlFile.TIMELINE.load(controller);
    }

    @Override
    public Destination destination() {
        return Destination.TIMELINE;
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public void activate() {
        ticking = context.ticker().every(TICK, controller::tick);
        Instant asOf = viewModel.asOfProperty().get();
        if (asOf == null || asOf.plus(OLD).isBefore(context.times().clock().instant())) {
            viewModel.refresh();
        }
        controller.tick();
    }

    @Override
    public void deactivate() {
        ticking.close();
    }

    /** Its keys work at once. */
    @Override
    public Optional<Node> beginning() {
        return Optional.of(controller.view());
    }

    @Override
    public void refresh() {
        viewModel.refresh();
    }

    @Override
    public void find() {
        controller.typeTime();
    }

    @Override
    public void accept(Instant at) {
        viewModel.show(at);
    }

    /** Opens the search for what hurt. */
    public void findDamage() {
        controller.openFinder();
    }

    TimelineViewModel viewModel() {
        return viewModel;
    }

    TimelineController controller() {
        return controller;
    }

    private void showKeys() {
        String title = Messages.text("timeline.keys");
        var sheet = new Sheet(title, TimelineKeySheet.make(), context.dialogs()::close);
        context.dialogs().show(title, sheet, () -> {});
    }
}
