package dev.lifeboat.ui.catalog;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Screen;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.Ticker;

import javafx.scene.Parent;

import java.time.Duration;

/** The catalog as a place of the navigation. */
public final class CatalogScreen implements Screen {
    private static final Duration AGES = Duration.ofSeconds(1);
    private final ScreenContext context;
    private final CatalogViewModel model;
    private final CatalogController controller;
    private final Parent root;
    private Ticker.Ticking ticking;

    public CatalogScreen(ScreenContext context) {
        this.context = context;
        this.model = new CatalogViewModel(context);
        this.controller = new CatalogController(model);
        this.root = FxmlFile.CATALOG.load(controller);
    }

    @Override
    public Destination destination() {
        return Destination.CATALOG;
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public void activate() {
        ticking = context.ticker().every(AGES, controller::tick);
        model.activate();
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

    @Override
    public void find() {
        controller.find();
    }

    /** What it shows, for who drives it from outside. */
    CatalogController controller() {
        return controller;
    }
}
