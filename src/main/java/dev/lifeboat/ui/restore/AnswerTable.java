package dev.lifeboat.ui.restore;

import dev.lifeboat.postgres.QueryAnswer;
import dev.lifeboat.ui.Messages;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;

import java.util.List;

/** What a query gave, as a table. */
final class AnswerTable extends VBox {
    private static final double ROW = 33;
    private static final int SHOWN = 12;

    AnswerTable(QueryAnswer answer) {
        var table = new TableView<List<String>>();
        table.getStyleClass().add("answer-table");
        table.setAccessibleText(Messages.text("run.look.answer"));
        table.setPlaceholder(new Label(Messages.text("run.look.none")));
        for (int i = 0; i < answer.columns().size(); i++) {
            int column = i;
            var shown = new TableColumn<List<String>, String>(answer.columns().get(i));
            shown.setCellValueFactory(
                    row -> new ReadOnlyStringWrapper(text(row.getValue().get(column))));
            shown.setSortable(false);
            table.getColumns().add(shown);
        }
        table.getItems().setAll(answer.rows());
        table.setFixedCellSize(ROW);
        table.setPrefHeight(ROW * (2.2 + Math.clamp(answer.rows().size(), 1, SHOWN)));
        var count =
                new Label(
                        Messages.count("run.look.rows", answer.rows().size())
                                + (answer.more() ? Messages.text("run.look.more") : ""));
        count.getStyleClass().add("caption");
        getChildren().addAll(table, count);
    }

    private static String text(String value) {
        return value == null ? "NULL" : value;
    }
}
