package dev.lifeboat.ui.settings;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Look;
import dev.lifeboat.ui.Screen;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.Profiles;

import javafx.scene.Parent;

import java.util.Optional;
import java.util.function.Consumer;

/** The settings as a place of the navigation. */
public final class SettingsScreen implements Screen {
    private final SettingsViewModel model;
    private final SettingsController controller;
    private final Parent root;

    /**
     * @param use makes the window work on a profile; empty for the environment alone
     */
    public SettingsScreen(
            ScreenContext context, Profiles profiles, Look look, Consumer<Optional<String>> use) {
        this.model = new SettingsViewModel(context, profiles);
        this.controller = new SettingsController(model, look, use);
        this.root = FxmlFile.SETTINGS.load(controller);
    }

    @Override
    public Destination destination() {
        return Destination.SETTINGS;
    }

    @Override
    public Parent root() {
        return root;
    }

    @Override
    public void activate() {
        controller.showLook();
        model.read();
    }

    @Override
    public void deactivate() {}

    @Override
    public void refresh() {
        model.read();
    }

    SettingsViewModel model() {
        return model;
    }
}
