package dev.lifeboat.ui.shell;

import dev.lifeboat.engine.Version;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.task.Job;
import dev.lifeboat.ui.task.Jobs;

import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** What runs, and where the log is. */
final class StatusLine extends HBox {
    private final Jobs jobs;
    private final HBox running = new HBox();

    StatusLine(Jobs jobs, Runnable log) {
        this.jobs = jobs;
        getStyleClass().add("status-line");
        running.getStyleClass().add("status-jobs");
        HBox.setHgrow(running, Priority.ALWAYS);
        var logButton = new Button(Messages.text("status.log"), Icons.of("mdi2t-text-box-outline"));
        logButton.getStyleClass().add("status-button");
        logButton.setTooltip(new Tooltip("Ctrl+L"));
        logButton.setOnAction(_ -> log.run());
        logButton.setMinWidth(Region.USE_PREF_SIZE);
        var version = new Label(Messages.text("status.version", Version.text()));
        version.getStyleClass().add("caption");
        version.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(running, version, logButton);
        jobs.running().addListener((ListChangeListener<Job>) _ -> show());
        show();
    }

    private void show() {
        running.getChildren().clear();
        if (jobs.running().isEmpty()) {
            var idle = new Label(Messages.text("status.idle"));
            idle.getStyleClass().add("caption");
            running.getChildren().add(idle);
        }
        jobs.running().forEach(job -> running.getChildren().add(entry(job)));
    }

    private static HBox entry(Job job) {
        var title = new Label(job.title(), Icons.of("mdi2p-play-circle-outline", "status-glyph"));
        title.getStyleClass().add("status-job");
        var said = new Label();
        said.getStyleClass().addAll("caption", "mono-small", "may-shorten");
        said.textProperty().bind(job.saidProperty());
        var tooltip = new Tooltip();
        tooltip.textProperty().bind(job.saidProperty());
        said.setTooltip(tooltip);
        title.setMinWidth(Region.USE_PREF_SIZE);
        var stop =
                Icons.button(
                        "mdi2s-stop-circle-outline",
                        "status.stop",
                        () -> job.command().interrupt());
        var entry = new HBox(title, said, stop);
        entry.getStyleClass().add("status-entry");
        return entry;
    }
}
