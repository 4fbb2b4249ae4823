package dev.lifeboat.ui;

import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;

/** Every FXML file. Its controller is handed over, so that its services come by constructor. */
public enum FxmlFile {
    BANNER("banner.fxml"),
    CATALOG("catalog.fxml"),
    CATALOG_CONTENTS("catalog-contents.fxml"),
    CATALOG_DETAIL("catalog-detail.fxml"),
    HEALTH("health.fxml"),
    RESTORE_HOME("restore-home.fxml"),
    RESTORE_PLAN("restore-plan.fxml"),
    INCIDENT("incident.fxml"),
    RECORDS("records.fxml"),
    RESTORE_ADVANCE("restore-advance.fxml"),
    RESTORE_HANDOVER("restore-handover.fxml"),
    RESTORE_RESCUE("restore-rescue.fxml"),
    RESTORE_RUN("restore-run.fxml"),
    SETTINGS("settings.fxml"),
    TIMELINE("timeline.fxml");

    private final String file;

    FxmlFile(String file) {
        this.file = file;
    }

    /** The name below {@code fxml/}. */
    public String file() {
        return file;
    }

    /**
     * Loads the file with this controller, which must be of the class the file names.
     *
     * @throws IllegalStateException when the file names another class
     */
    public Parent load(Object controller) {
        var loader = new FXMLLoader(location(), Messages.bundle());
        loader.setClassLoader(FxmlFile.class.getClassLoader());
        loader.setControllerFactory(
                wanted -> {
                    if (!wanted.isInstance(controller)) {
                        throw new IllegalStateException(file + " wants a " + wanted.getName());
                    }
                    return controller;
                });
        try {
            return loader.load();
        } catch (IOException broken) {
            throw new UncheckedIOException(file + " cannot be loaded", broken);
        }
    }

    private URL location() {
        URL location = FxmlFile.class.getResource("/fxml/" + file);
        if (location == null) {
            throw new IllegalStateException(file + " is not part of the program");
        }
        return location;
    }
}
