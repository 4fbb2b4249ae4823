package dev.lifeboat.ui.settings;

import dev.lifeboat.doctor.Finding;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.RegionWords;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.task.ProfileFacts;
import dev.lifeboat.ui.theme.Role;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the settings screen shows of a profile and of the doctor's findings. */
final class SettingsParts {
    static Node file(Path file) {
        var there = new Label(Messages.text(Files.exists(file) ? "settings.there" : "settings.no"));
        there.getStyleClass().add("caption");
        return new VBox(MonoText.block(file.toString()), there);
    }

    List<Node> facts(ProfileFacts profile) {
        List<Node> parts = new ArrayList<>();
        profile.problem().ifPresent(problem -> parts.add(new ProblemPanel(problem)));
        for (String contradiction : profile.contradictions()) {
            parts.add(new StatusBadge(Role.DANGER, Messages.text("settings.contradicts")));
            parts.add(sentence(contradiction));
        }
        var grid = grid();
        add(grid, "settings.environment", environment(profile));
        add(grid, "settings.database", profile.database().orElse(Messages.text("settings.notSet")));
        for (ProfileFacts.RegionFacts region : profile.regions()) {
            addRow(
                    grid,
                    Messages.text("settings.bucket", RegionWords.of(region.role())),
                    region.bucket() + " (" + region.place() + ")");
            if (!region.walBucket().equals(region.bucket())) {
                addRow(
                        grid,
                        Messages.text("settings.walBucket", RegionWords.of(region.role())),
                        region.walBucket());
            }
        }
        add(
                grid,
                "settings.prefix",
                profile.prefix().isEmpty() ? Messages.text("settings.none") : profile.prefix());
        parts.add(grid);
        return parts;
    }

    private static String environment(ProfileFacts profile) {
        return switch (profile.classification()) {
            case PRODUCTION -> Messages.text("environment.production");
            case STAGING -> Messages.text("environment.staging");
            case DRILL -> Messages.text("environment.drill");
            case SANDBOX -> Messages.text("environment.sandbox");
            case UNKNOWN -> Messages.text("environment.unknown");
        };
    }

    /** Failures first, then warnings, then what is well. */
    List<Node> findings(List<Finding> found) {
        List<Node> rows = new ArrayList<>();
        if (!found.isEmpty()) {
            rows.add(summary(found));
        }
        for (Finding.State state :
                List.of(Finding.State.FAILURE, Finding.State.WARNING, Finding.State.OK)) {
            found.stream()
                    .filter(finding -> finding.state() == state)
                    .forEach(finding -> rows.add(row(finding)));
        }
        return rows;
    }

    private static Node summary(List<Finding> found) {
        long failures = count(found, Finding.State.FAILURE);
        long warnings = count(found, Finding.State.WARNING);
        Role role = failures > 0 ? Role.DANGER : warnings > 0 ? Role.WARN : Role.OK;
        var badge =
                new StatusBadge(
                        role, Messages.text("settings.result", failures, warnings, found.size()));
        badge.setWrapText(true);
        badge.setMinWidth(0);
        return badge;
    }

    private static long count(List<Finding> found, Finding.State state) {
        return found.stream().filter(finding -> finding.state() == state).count();
    }

    private static Node row(Finding finding) {
        var name = new StatusBadge(role(finding.state()), finding.subject());
        var row = new VBox(name, sentence(finding.seen()));
        if (!finding.remedy().isEmpty()) {
            row.getChildren().add(MonoText.block(finding.remedy()));
        }
        row.getStyleClass().add("doctor-row");
        return row;
    }

    private static Role role(Finding.State state) {
        return switch (state) {
            case OK -> Role.OK;
            case WARNING -> Role.WARN;
            case FAILURE -> Role.DANGER;
        };
    }

    private static GridPane grid() {
        var grid = new GridPane();
        grid.getStyleClass().add("fact-grid");
        var names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        var values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(names, values);
        return grid;
    }

    private static void add(GridPane grid, String key, String value) {
        addRow(grid, Messages.text(key), value);
    }

    private static void addRow(GridPane grid, String title, String value) {
        var left = new Label(title);
        left.getStyleClass().add("caption");
        var right = sentence(value);
        right.getStyleClass().add("mono-small");
        grid.addRow(grid.getRowCount(), left, right);
    }

    private static Label sentence(String words) {
        var label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
