package dev.lifeboat.ui.timeline;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.ProblemPanel;

import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;

/** The commits around the marker, to stop before or after exactly one. */
final class FineTunePage {
    private static final int ROWS_BEFORE = 3;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final VBox root = new VBox();
    private final TableView<NearCommit> table = new TableView<>();
    private final RadioButton before = new RadioButton(Messages.text("timeline.stopBefore"));
    private final RadioButton after = new RadioButton(Messages.text("timeline.stopAfter"));
    private final FineTuneViewModel viewModel;
    private boolean selecting;

    FineTunePage(FineTuneViewModel viewModel) {
        this.viewModel = viewModel;
        var title = new Label(Messages.text("timeline.fineTune.title"));
        title.getStyleClass().add("h2");
        var status = new Label();
        status.getStyleClass().add("caption");
        status.setWrapText(true);
        status.setMinHeight(Region.USE_PREF_SIZE);
        status.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::status,
                                viewModel.readingProperty(),
                                viewModel.outdatedProperty(),
                                viewModel.namingProperty(),
                                viewModel.commits()));
        var again = new Button(Messages.text("timeline.fineTune.again"));
        again.setOnAction(_ -> viewModel.read());
        again.disableProperty().bind(viewModel.readingProperty());
        var problem = new ProblemPanel();
        problem.problemProperty().bind(viewModel.problemProperty());
        table();
        root.getStyleClass().add("timeline-page");
        root.getChildren().addAll(title, status, choice(again), problem, table);
    }

    private String status() {
        if (viewModel.readingProperty().get()) {
            return Messages.text("timeline.fineTune.reading");
        }
        if (viewModel.outdatedProperty().get()) {
            return Messages.text("timeline.fineTune.outdated");
        }
        String hint = Messages.text("timeline.fineTune.hint", viewModel.commits().size());
        return switch (viewModel.namingProperty().get()) {
            case UNDER_WAY -> hint + " " + Messages.text("timeline.fineTune.naming");
            case FAILED -> hint + " " + Messages.text("timeline.fineTune.unnamed");
            case DONE -> hint;
        };
    }

    private HBox choice(Button again) {
        var group = new ToggleGroup();
        before.setToggleGroup(group);
        after.setToggleGroup(group);
        before.setSelected(true);
        group.selectedToggleProperty().addListener((_, _, _) -> stop());
        var row = new HBox(before, after, again);
        row.getStyleClass().add("toolbar-row");
        return row;
    }

    private void table() {
        table.setItems(viewModel.commits());
        table.getStyleClass().addAll("timeline-table", "may-shorten");
        table.setAccessibleText(Messages.text("timeline.fineTune.title"));
        table.setPlaceholder(new Label(Messages.text("timeline.fineTune.none")));
        TableParts.column(table, "timeline.column.marker", 0.06, "timeline-pointer", this::pointer);
        TableParts.column(table, "timeline.column.utc", 0.37, "mono", FineTunePage::clock);
        TableParts.column(
                table,
                "timeline.column.tables",
                0.41,
                "",
                commit -> viewModel.touched(commit).relationsText());
        TableParts.column(
                table,
                "timeline.column.rows",
                0.16,
                "mono",
                commit -> viewModel.touched(commit).rowsText());
        TableParts.column(table, "timeline.column.xid", 0.26, "mono", NearCommit::xidText);
        TableParts.column(
                table, "timeline.column.lsn", 0.3, "mono", commit -> commit.start().toString());
        viewModel.touchedProperty().addListener((_, _, _) -> table.refresh());
        table.getSelectionModel().selectedItemProperty().addListener((_, _, _) -> stop());
        viewModel.commits().addListener((ListChangeListener<NearCommit>) _ -> select());
        VBox.setVgrow(table, Priority.ALWAYS);
    }

    private String pointer(NearCommit commit) {
        OptionalInt nearest = viewModel.nearest();
        boolean here =
                nearest.isPresent() && viewModel.commits().get(nearest.getAsInt()).equals(commit);
        return here ? "▶" : "";
    }

    /** The day is the marker's; to the microsecond, so that the digits stand below each other. */
    private static String clock(NearCommit commit) {
        return CLOCK.format(commit.time());
    }

    private void stop() {
        NearCommit chosen = table.getSelectionModel().getSelectedItem();
        if (chosen != null && !selecting) {
            viewModel.stop(chosen, after.isSelected());
            table.refresh();
        }
    }

    /** Shows where the marker stands, without moving it. */
    void select() {
        selecting = true;
        table.getSelectionModel().clearSelection();
        table.refresh();
        selecting = false;
        Platform.runLater(this::scroll); // the table has not taken its new rows before
    }

    /** The marker's commit with those around it. */
    private void scroll() {
        table.applyCss();
        table.layout();
        viewModel.nearest().ifPresent(index -> table.scrollTo(Math.max(0, index - ROWS_BEFORE)));
    }

    Parent root() {
        return root;
    }
}
