package dev.lifeboat.ui.health;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Copying;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.control.StatusBadge;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.List;

/** Rows of the health screen. */
final class HealthParts {
    /** Both regions, a line each, that wraps where the type is large. */
    List<Node> regions(List<HealthSummary.RegionLine> lines) {
        return lines.stream().map(HealthParts::region).toList();
    }

    private static Node region(HealthSummary.RegionLine line) {
        var place = new Label(line.place());
        place.getStyleClass().add("caption");
        var name = new Label(line.name());
        name.getStyleClass().add("strong");
        var row = new FlowPane(part(name, place));
        row.getStyleClass().add("region-row");
        row.getChildren().add(new StatusBadge(line.role(), line.state()));
        if (line.problem().isEmpty()) {
            row.getChildren()
                    .addAll(
                            figure("health.latest", line.latest(), "mono"),
                            figure("health.lossAlone", line.loss(), "strong"),
                            figure("health.behind", line.behind(), "strong"),
                            figure("health.missing", line.missing(), "strong"));
        } else {
            row.getChildren().add(text(line.problem()));
        }
        return row;
    }

    private static Node figure(String key, String value, String styleClass) {
        var name = new Label(Messages.text(key));
        name.getStyleClass().add("caption");
        var shown = new Label(value);
        shown.getStyleClass().add(styleClass);
        return part(name, shown);
    }

    /** Wide enough that what stands below each other in both lines stays so. */
    private static VBox part(Label above, Label below) {
        var part = new VBox(above, below);
        part.getStyleClass().add("region-part");
        return part;
    }

    /** What was found, where, and what to do. */
    Node finding(HealthSummary.Line line) {
        var glyph = Icons.of(line.role().glyph(), "finding-glyph");
        var check = new Label(line.check());
        check.getStyleClass().add("finding-check");
        var head = new HBox(check);
        head.getStyleClass().add("finding-head");
        if (!line.where().isEmpty()) {
            var where = new Label(line.where());
            where.getStyleClass().add("finding-where");
            head.getChildren().add(where);
        }
        var body = new VBox(head, text(line.says()));
        body.getStyleClass().add("finding-body");
        if (!line.remedy().isEmpty()) {
            var remedy = text(line.remedy());
            remedy.getStyleClass().add("finding-remedy");
            var copy =
                    Icons.button(
                            "mdi2c-content-copy",
                            "health.copyRemedy",
                            () -> Copying.copy(line.remedy()));
            HBox.setHgrow(remedy, Priority.ALWAYS);
            var row = new HBox(Icons.of("mdi2a-arrow-right", "muted"), remedy, copy);
            row.getStyleClass().add("finding-row");
            body.getChildren().add(row);
        }
        HBox.setHgrow(body, Priority.ALWAYS);
        var row = new HBox(glyph, body);
        row.getStyleClass().addAll("finding", line.role().styleClass());
        row.setAccessibleText(line.check() + " " + line.where() + ": " + line.says());
        return row;
    }

    private static Label text(String words) {
        var label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
