package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreRequest;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.TargetAction;
import dev.lifeboat.restore.TargetKind;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.TimeText;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.util.function.Consumer;

/** Binds restore-home.fxml to its view model. */
public final class RestoreHomeController {
    private final RestoreHomeViewModel viewModel;
    private final TimeText times;
    private final Consumer<RestoreRequest> planning;
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
    @FXML private TextField directory;
    @FXML private TextField backup;
    @FXML private javafx.scene.control.Button plan;

    RestoreHomeController(
            RestoreHomeViewModel viewModel,
            TimeText times,
            Consumer<RestoreRequest> planning,
            Consumer<String> opening) {
        this.viewModel = viewModel;
        this.times = times;
        this.planning = planning;
        this.opening = opening;
    }

    @FXML
    private void initialize() {
        kind.getItems().setAll(TargetKind.values());
        kind.setConverter(Words.shown(Words::kind));
        kind.valueProperty().bindBidirectional(viewModel.kindProperty());
        action.getItems().setAll(TargetAction.values());
        action.setConverter(Words.shown(Words::action));
        action.valueProperty().bindBidirectional(viewModel.actionProperty());
        region.getItems().setAll("auto", "primary", "dr");
        region.setConverter(Words.shown(Words::region));
        region.valueProperty().bindBidirectional(viewModel.regionProperty());
        value.textProperty().bindBidirectional(viewModel.valueProperty());
        exclusive.selectedProperty().bindBidirectional(viewModel.exclusiveProperty());
        directory.textProperty().bindBidirectional(viewModel.directoryProperty());
        backup.textProperty().bindBidirectional(viewModel.backupProperty());
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
                                "restore.choice.base.text"));
        viewModel.kindProperty().addListener((_, _, now) -> showKind(now));
        showKind(viewModel.kindProperty().get());
        viewModel.getRestores().addListener((ListChangeListener<RestoreView>) _ -> showRestores());
        showRestores();
    }

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
        button.setOnAction(_ -> viewModel.kindProperty().set(meant));
        return button;
    }

    private void showKind(TargetKind now) {
        group.getToggles().forEach(toggle -> toggle.setSelected(toggle.getUserData() == now));
        boolean needed = viewModel.valueNeeded();
        valueField.setVisible(needed);
        valueField.setManaged(needed);
        exclusive.setVisible(needed);
        exclusive.setManaged(needed);
        valueLabel.setText(Words.value(now));
        value.setAccessibleText(Words.value(now));
    }

    private void showRestores() {
        restores.getChildren()
                .setAll(
                        viewModel.getRestores().stream()
                                .map(view -> new RestoreRow(view, times, opening))
                                .toList());
        boolean any = !viewModel.getRestores().isEmpty();
        restores.setVisible(any);
        restores.setManaged(any);
    }

    @FXML
    private void onRefresh() {
        viewModel.refresh();
    }

    @FXML
    private void onPlan() {
        viewModel.request().ifPresent(planning);
    }

    /** Puts the focus where the next step is. */
    void focus() {
        (viewModel.valueNeeded() && value.getText().isBlank() ? value : plan).requestFocus();
    }

    public RestoreHomeViewModel getViewModel() {
        return viewModel;
    }
}
