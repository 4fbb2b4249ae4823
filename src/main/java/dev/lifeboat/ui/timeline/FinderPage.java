package dev.lifeboat.ui.timeline;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.wal.find.HarmKind;

import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import java.util.Optional;

/** The search for what hurt, and what it found: each can be restored to just before. */
final class FinderPage {
    private final VBox root = new VBox();
    private final TableView<Damage> table = new TableView<>();
    private final TextField relation = new TextField();
    private final ComboBox<Optional<HarmKind>> kind = new ComboBox<>();
    private final FinderViewModel viewModel;
    private final Runnable aimed;
    private Damage chosen;

    /**
     * @param aimed what follows when the marker was put before something that was found
     */
    FinderPage(FinderViewModel viewModel, TimeText times, Runnable aimed) {
        this.viewModel = viewModel;
        this.aimed = aimed;
        var title = new Label(Messages.text("timeline.finder"));
        title.getStyleClass().add("h2");
        var status = new Label();
        status.getStyleClass().add("caption");
        status.setWrapText(true);
        status.setMinHeight(Label.USE_PREF_SIZE);
        status.textProperty().bind(viewModel.statusProperty());
        var problem = new ProblemPanel();
        problem.problemProperty().bind(viewModel.problemProperty());
        table(times);
        root.getStyleClass().add("timeline-page");
        root.getChildren()
                .addAll(title, filter(), buttons(), status, problem, before(), hint(), table);
    }

    private FlowPane filter() {
        relation.setPromptText(Messages.text("timeline.finder.relation"));
        relation.setPrefColumnCount(14);
        relation.setOnAction(_ -> search(true));
        kind.getItems().add(Optional.empty());
        viewModel.kinds().forEach(one -> kind.getItems().add(Optional.of(one)));
        kind.setValue(Optional.empty());
        kind.setConverter(new KindNames());
        kind.setAccessibleText(Messages.text("timeline.finder.kind"));
        return row(relation, kind);
    }

    private FlowPane buttons() {
        var shown = new Button(Messages.text("timeline.finder.shown"));
        shown.setOnAction(_ -> search(true));
        var all = new Button(Messages.text("timeline.finder.all"));
        all.setOnAction(_ -> search(false));
        shown.disableProperty().bind(viewModel.readyProperty().not());
        all.disableProperty().bind(viewModel.readyProperty().not());
        var stop = new Button(Messages.text("timeline.finder.stop"));
        stop.setOnAction(_ -> viewModel.stop());
        stop.visibleProperty().bind(viewModel.searchingProperty());
        stop.managedProperty().bind(viewModel.searchingProperty());
        return row(shown, all, stop);
    }

    private static FlowPane row(Node... nodes) {
        var row = new FlowPane(nodes);
        row.getStyleClass().add("timeline-actions");
        return row;
    }

    private void search(boolean onlyShown) {
        viewModel.search(onlyShown, relation.getText(), kind.getValue());
    }

    private void table(TimeText times) {
        table.setItems(viewModel.found());
        viewModel.searchingProperty().addListener((_, _, at) -> chooseTheOnlyOne(at));
        table.getStyleClass().addAll("timeline-table", "may-shorten");
        table.setAccessibleText(Messages.text("timeline.finder"));
        var none = new Label(Messages.text("timeline.finder.none"));
        none.visibleProperty().bind(viewModel.harmlessProperty());
        table.setPlaceholder(none);
        TableParts.column(
                table,
                "timeline.column.utc",
                0.295,
                "mono",
                damage -> times.utc(damage.transaction().time()).substring(5));
        TableParts.column(table, "timeline.column.kind", 0.185, "", Damage::kind);
        TableParts.column(table, "timeline.column.relation", 0.395, "", Damage::relations);
        TableParts.column(table, "timeline.column.rows", 0.125, "mono", Damage::rows);
        keepWhatIsChosen();
        table.setOnMouseClicked(
                mouse -> {
                    if (mouse.getClickCount() == 2) {
                        aim();
                    }
                });
        table.setOnKeyPressed(
                key -> {
                    if (key.getCode() == KeyCode.ENTER) {
                        aim();
                        key.consume();
                    }
                });
        VBox.setVgrow(table, Priority.ALWAYS);
    }

    private void chooseTheOnlyOne(boolean searching) {
        if (!searching && table.getItems().size() == 1) {
            table.getSelectionModel().selectFirst();
        }
    }

    /** The rows are made anew when the search ends, and may have better names then. */
    private void keepWhatIsChosen() {
        var rows = table.getSelectionModel();
        rows.selectedItemProperty().addListener((_, _, now) -> chosen = now == null ? chosen : now);
        viewModel
                .found()
                .addListener(
                        (ListChangeListener<Damage>)
                                _ -> {
                                    if (chosen != null && rows.isEmpty()) {
                                        viewModel.found().stream()
                                                .filter(chosen::isTheSame)
                                                .findFirst()
                                                .ifPresent(rows::select);
                                    }
                                });
    }

    private Button before() {
        var before = new Button(Messages.text("timeline.finder.before"));
        before.getStyleClass().add("accent");
        before.setOnAction(_ -> aim());
        before.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
        return before;
    }

    private void aim() {
        Damage chosen = table.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            viewModel.aim(chosen);
            aimed.run();
        }
    }

    private static Label hint() {
        var hint = new Label(Messages.text("timeline.finder.hint"));
        hint.getStyleClass().add("caption");
        hint.setWrapText(true);
        hint.setMinHeight(Label.USE_PREF_SIZE);
        return hint;
    }

    /** Gives the focus to what was found: arrows choose, Enter puts the marker before it. */
    void focus() {
        table.requestFocus();
    }

    Parent root() {
        return root;
    }

    private static final class KindNames extends StringConverter<Optional<HarmKind>> {
        @Override
        public String toString(Optional<HarmKind> kind) {
            return kind == null
                    ? ""
                    : kind.map(Damage::word).orElseGet(() -> Messages.text("timeline.finder.any"));
        }

        @Override
        public Optional<HarmKind> fromString(String text) {
            throw new UnsupportedOperationException("nothing is typed here");
        }
    }
}
