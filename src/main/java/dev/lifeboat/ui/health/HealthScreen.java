package dev.lifeboat.ui.health;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Screen;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.Ticker;

import javafx.scene.Parent;

import java.time.Duration;

/** The health as a place of the navigation: the first one. */
public final class HealthScreen implements Screen {
    private static final Duration AGES = Duration.ofSeconds(1);
    private final ScreenContext context;
    private final HealthViewModel model;
    private final HealthController controller;
    private final Parent root;
    private Ticker.Ticking ticking = () -> {};

    public HealthScreen(ScreenContext context) {
        this.context = context;
        this.model = new HealthViewModel(context);
        this.controller = new HealthController(model);
        this.root = FxmlFile.HEALTH.load(controller);
    }

    @Override
    public Destination destination() {
        return Destination.HEALTH;
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public void activate() {
        ticking = context.ticker().every(AGES, controller::tick);
        model.keepFresh();
        controller.tick();
    }

    @Override
    public void deactivate() {
        ticking.close();
    }

    @Override
    public void refresh() {
        model.refresh();
    }
}
