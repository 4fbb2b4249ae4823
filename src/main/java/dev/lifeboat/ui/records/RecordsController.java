package dev.lifeboat.ui.records;

import dev.lifeboat.report.Report;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.EmptyState;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.control.StatusBadge;
import dev.lifeboat.ui.restore.RestoreWords;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Binds records.fxml to its view model. */
public final class RecordsController {
    private final RecordsViewModel viewModel;
    private final TimeText times;
    private final Function<String, Optional<Path>> fileFor;
    private final Consumer<String> open;

    @FXML private Skeleton skeleton;
    @FXML private EmptyState empty;
    @FXML private HBox content;
    @FXML private ListView<RestoreView> list;
    @FXML private FlowPane head;
    @FXML private VBox sections;

    /**
     * @param fileFor asks for a file by the name that is proposed
     * @param open leads to the restore itself
     */
    RecordsController(
            RecordsViewModel viewModel,
            TimeText times,
            Function<String, Optional<Path>> fileFor,
            Consumer<String> open) {
        this.viewModel = viewModel;
        this.times = times;
        this.fileFor = fileFor;
        this.open = open;
    }

    @FXML
    private void initialize() {
        list.setItems(viewModel.getRestores());
        list.setCellFactory(_ -> new Cell());
        list.setAccessibleText(Messages.text("records.title"));
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, now) -> {
                            if (now != null) {
                                viewModel.choose(now.id());
                            }
                        });
        viewModel.reportProperty().addListener((_, _, now) -> showReport(now));
        viewModel.loadingProperty().addListener((_, _, _) -> showWhatIsThere());
        viewModel.problemProperty().addListener((_, _, _) -> showWhatIsThere());
        viewModel
                .getRestores()
                .addListener((ListChangeListener<RestoreView>) _ -> showWhatIsThere());
        showWhatIsThere();
        showReport(null);
    }

    private void showWhatIsThere() {
        boolean any = !viewModel.getRestores().isEmpty();
        show(skeleton, viewModel.isLoading() && !any);
        show(empty, !viewModel.isLoading() && !any && viewModel.getProblem() == null);
        show(content, any);
        if (any && list.getSelectionModel().isEmpty()) {
            list.getSelectionModel().selectFirst();
        }
    }

    private void showReport(Report report) {
        head.getChildren().clear();
        sections.getChildren().clear();
        if (report == null) {
            return;
        }
        var title = new Label(report.title());
        title.getStyleClass().add("h2");
        title.setMinWidth(Label.USE_PREF_SIZE);
        head.getChildren()
                .addAll(
                        title,
                        new StatusBadge(report.good() ? Role.OK : Role.WARN, report.verdict()));
        sections.getChildren().setAll(RecordSections.of(report));
    }

    @FXML
    private void onRefresh() {
        viewModel.refresh();
    }

    @FXML
    private void onHtml() {
        export(".html");
    }

    @FXML
    private void onPdf() {
        export(".pdf");
    }

    @FXML
    private void onJson() {
        export(".json");
    }

    private void export(String ending) {
        fileFor.apply("restore-" + viewModel.chosen() + ending).ifPresent(viewModel::export);
    }

    @FXML
    private void onOpen() {
        open.accept(viewModel.chosen());
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    public RecordsViewModel getViewModel() {
        return viewModel;
    }

    private final class Cell extends ListCell<RestoreView> {
        Cell() {
            setPrefWidth(0); // as wide as the list, never wider
        }

        @Override
        protected void updateItem(RestoreView view, boolean nothing) {
            super.updateItem(view, nothing);
            setText(null);
            setGraphic(nothing || view == null ? null : row(view));
        }

        private VBox row(RestoreView view) {
            var id = new Label(view.id());
            id.getStyleClass().addAll("mono-small", "may-shorten");
            var began = new Label(view.startedAt().map(times::both).orElse("–"));
            began.getStyleClass().addAll("caption", "may-shorten");
            var box =
                    new VBox(
                            new StatusBadge(
                                    RestoreWords.role(view.state()),
                                    RestoreWords.state(view.state())),
                            id,
                            began);
            box.getStyleClass().add("record-cell");
            return box;
        }
    }
}
