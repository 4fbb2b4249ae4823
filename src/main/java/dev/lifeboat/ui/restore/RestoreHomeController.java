package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.TargetAction;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Scrolling;
import dev.lifeboat.ui.task.TimeText;

import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.util.List;
import java.util.function.Consumer;

/** Binds restore-home.fxml to its view model. */
public final class RestoreHomeController {
    private final RestoreHomeViewModel viewModel;
    private final RestoreForm form;
    private final TimeText times;
    private final Consumer<Wish> planning;
    private final Consumer<String> opening;
    private final ToggleGroup group = new ToggleGroup();

    @FXML private VBox restores;
    @FXML private FlowPane choices;
    @FXML private ComboBox<TargetKind> kind;
    @FXML private VBox valueField;
    @FXML private Label valueLabel;
    @FXML private TextField value;
    @FXML private CheckBox exclusive;
    @FXML private ComboBox<String> region;
    @FXML private ComboBox<TargetAction> action;
    @FXML private VBox kindField;
    @FXML private VBox actionField;
    @FXML private VBox directoryField;
    @FXML private TextField directory;
    @FXML private VBox portField;
    @FXML private TextField port;
    @FXML private TextField backup;
    @FXML private javafx.scene.control.Button plan;

    RestoreHomeController(
            RestoreHomeViewModel viewModel,
            TimeText times,
            Consumer<Wish> planning,
            Consumer<String> opening) {
        this.viewModel = viewModel;
        this.form = viewModel.getForm();
        this.times = times;
        this.planning = planning;
        this.opening = opening;
    }

    @FXML
    private void initialize() {
        kind.getItems().setAll(TargetKind.values());
        kind.setConverter(Words.shown(Words::kind));
        kind.valueProperty().bindBidirectional(form.kindProperty());
        action.getItems().setAll(TargetAction.values());
        action.setConverter(Words.shown(Words::action));
        action.valueProperty().bindBidirectional(form.actionProperty());
        region.getItems().setAll("auto", "primary", "dr");
        region.setConverter(Words.shown(Words::region));
        region.valueProperty().bindBidirectional(form.regionProperty());
        value.textProperty().bindBidirectional(form.valueProperty());
        exclusive.selectedProperty().bindBidirectional(form.exclusiveProperty());
        directory.textProperty().bindBidirectional(form.directoryProperty());
        port.textProperty().bindBidirectional(form.portProperty());
        port.setAccessibleText(Messages.text("restore.port"));
        backup.textProperty().bindBidirectional(form.backupProperty());
        backup.setAccessibleText(Messages.text("restore.backup"));
        directory.setAccessibleText(Messages.text("restore.directory"));
        choices.getChildren()
                .addAll(
                        choice(
                                TargetKind.LATEST,
                                "restore.choice.latest",
                                "restore.choice.latest.text"),
                        choice(TargetKind.TIME, "restore.choice.time", "restore.choice.time.text"),
                        choice(
                                TargetKind.IMMEDIATE,
                                "restore.choice.base",
                                "restore.choice.base.text"),
                        choice(null, "restore.choice.dump", "restore.choice.dump.text"));
        form.kindProperty().addListener((_, _, _) -> showKind());
        form.dumpProperty().addListener((_, _, _) -> showKind());
        showKind();
        viewModel.getRestores().addListener((ListChangeListener<RestoreView>) _ -> showRestores());
        showRestores();
    }

    /**
     * @param meant null for a dump, which has no target
     */
    private ToggleButton choice(TargetKind meant, String key, String more) {
        var title = new Label(Messages.text(key));
        title.getStyleClass().add("strong");
        var text = new Label(Messages.text(more));
        text.getStyleClass().add("muted");
        text.setWrapText(true);
        var button = new ToggleButton();
        button.setGraphic(new VBox(title, text));
        button.getStyleClass().add("choice");
        button.setToggleGroup(group);
        button.setUserData(meant);
        button.setAccessibleText(title.getText() + ". " + text.getText());
        button.setOnAction(
                _ -> {
                    form.dumpProperty().set(meant == null);
                    if (meant != null) {
                        form.kindProperty().set(meant);
                    }
                    showKind(); // a toggle that was on went off by itself
                });
        return button;
    }

    private void showKind() {
        boolean dump = form.dumpProperty().get();
        TargetKind now = form.kindProperty().get();
        group.getToggles()
                .forEach(toggle -> toggle.setSelected(toggle.getUserData() == (dump ? null : now)));
        show(valueField, form.valueNeeded());
        show(exclusive, form.mayExclude());
        for (Node ofCluster : List.of(kindField, actionField, directoryField, portField)) {
            show(ofCluster, !dump);
        }
        valueLabel.setText(Words.value(now));
        value.setAccessibleText(Words.value(now));
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private void showRestores() {
        restores.getChildren()
                .setAll(
                        viewModel.getRestores().stream()
                                .map(view -> new RestoreRow(view, times, opening))
                                .toList());
        boolean any = !viewModel.getRestores().isEmpty();
        show(restores, any);
    }

    @FXML
    private void onRefresh() {
        viewModel.refresh();
    }

    @FXML
    private void onPlan() {
        form.wish().ifPresent(planning);
    }

    /** Puts the focus where the next step is. */
    void focus() {
        (form.valueNeeded() && value.getText().isBlank() ? value : plan).requestFocus();
    }

    /** Puts the focus where something is to be changed before the next plan. */
    void focus(Mend.Kind mend) {
        TextField field = mend == Mend.Kind.PORT ? port : directory;
        field.requestFocus();
        Platform.runLater(() -> Scrolling.reveal(field)); // once the page was laid out
    }

    public RestoreHomeViewModel getViewModel() {
        return viewModel;
    }
}
