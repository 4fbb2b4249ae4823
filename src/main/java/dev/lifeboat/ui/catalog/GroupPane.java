package dev.lifeboat.ui.catalog;

import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.task.TimeText;

import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.List;

/** What there is to say of a group, in full, beside the table. */
final class GroupPane extends ScrollPane {
    private final TimeText times;
    private final VBox content = new VBox();

    GroupPane(TimeText times) {
        this.times = times;
        getStyleClass().add("detail-scroll");
        content.getStyleClass().add("detail");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMinWidth(0);
        setContent(content);
    }

    void show(CatalogGroup group) {
        Tally tally = group.tally();
        Label name = DetailParts.sentence(group.name());
        name.getStyleClass().add("h2");
        content.getChildren()
                .setAll(
                        name,
                        DetailParts.sentence(Messages.count("catalog.count", tally.count())),
                        standings(tally),
                        facts(tally));
    }

    private static FlowPane standings(Tally tally) {
        List<StatusBadge> badges =
                tally.standings().entrySet().stream()
                        .map(standing -> standing.getKey().word(standing.getValue()))
                        .map(word -> new StatusBadge(word.role(), word.text()).framed())
                        .toList();
        var row = new FlowPane();
        row.getStyleClass().add("badge-row");
        row.getChildren().setAll(badges);
        return row;
    }

    private GridPane facts(Tally tally) {
        GridPane grid = DetailParts.grid();
        DetailParts.add(grid, "group.newest", at(tally.newest()));
        DetailParts.add(
                grid,
                "group.newestProven",
                tally.newestProven()
                        .map(row -> at(row.startedAt()))
                        .orElseGet(() -> Messages.text("catalog.noneProven")));
        DetailParts.add(grid, "group.oldest", at(tally.oldest()));
        DetailParts.add(grid, "group.stored", ByteSize.format(tally.storedBytes()));
        DetailParts.add(grid, "catalog.column.primary", tally.primary().text());
        DetailParts.add(grid, "catalog.column.dr", tally.dr().text());
        return grid;
    }

    private String at(Instant moment) {
        return times.both(moment) + ", " + times.ago(moment);
    }
}
