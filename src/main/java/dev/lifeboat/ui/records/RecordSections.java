package dev.lifeboat.ui.records;

import dev.lifeboat.report.Report;

import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document's sections as the window shows them: a heading and a grid of texts each. */
final class RecordSections {
    /** A log of thousands of lines is exported, not scrolled here. */
    private static final int MOST_ROWS = 200;

    /** Of nine digits: those of PostgreSQL have six. */
    private static final Pattern OWN_TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d:\\d\\d\\.\\d{3})\\d{4,6}Z");

    private RecordSections() {}

    static List<VBox> of(Report report) {
        return report.sections().stream().map(RecordSections::section).toList();
    }

    private static VBox section(Report.Section section) {
        var heading = new Label(section.heading());
        heading.getStyleClass().add("h2");
        var grid = new GridPane();
        grid.getStyleClass().add("record-grid");
        int columns = section.rows().getFirst().size();
        for (int i = 0; i < columns; i++) {
            var constraint = new ColumnConstraints();
            constraint.setHgrow(i == 0 ? Priority.NEVER : Priority.ALWAYS);
            constraint.setPercentWidth(i == 0 ? 26 : 74.0 / (columns - 1));
            grid.getColumnConstraints().add(constraint);
        }
        int line = 0;
        if (!section.columns().isEmpty()) {
            row(grid, line++, section.columns(), "overline");
        }
        for (List<String> row :
                section.rows().subList(0, Math.min(MOST_ROWS, section.rows().size()))) {
            row(grid, line++, row, "mono-small");
        }
        var box = new VBox(heading, grid);
        box.getStyleClass().add("card");
        return box;
    }

    private static void row(GridPane grid, int line, List<String> texts, String styleClass) {
        for (int i = 0; i < texts.size(); i++) {
            var label = new Label(shown(texts.get(i)));
            label.getStyleClass()
                    .add(i == 0 && styleClass.equals("mono-small") ? "caption" : styleClass);
            label.setWrapText(true);
            label.setMinHeight(Label.USE_PREF_SIZE);
            grid.add(label, i, line);
        }
    }

    /** Times of this machine's clock to the millisecond; what is exported has them in full. */
    private static String shown(String text) {
        Matcher time = OWN_TIME.matcher(text);
        return time.matches() ? time.group(1) + " " + time.group(2) + "Z" : text;
    }
}
