package dev.lifeboat.ui.settings;

import dev.lifeboat.doctor.Finding;
import dev.lifeboat.ui.Look;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.control.Skeleton;
import dev.lifeboat.ui.settings.SettingsViewModel.Choice;
import dev.lifeboat.ui.task.ProfileFacts;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import java.util.Optional;
import java.util.function.Consumer;

/** Binds settings.fxml to its view model. */
public final class SettingsController {
    private final SettingsViewModel model;
    private final Look look;
    private final Consumer<Optional<String>> use;
    private final SettingsParts parts = new SettingsParts();
    private final ToggleGroup themeGroup = new ToggleGroup();
    private final ToggleGroup sizeGroup = new ToggleGroup();
    @FXML private ListView<Choice> profiles;
    @FXML private VBox files;
    @FXML private Label name;
    @FXML private Button useIt;
    @FXML private VBox facts;
    @FXML private ProblemPanel problem;
    @FXML private Skeleton skeleton;
    @FXML private VBox findings;
    @FXML private FlowPane themes;
    @FXML private FlowPane sizes;

    SettingsController(SettingsViewModel model, Look look, Consumer<Optional<String>> use) {
        this.model = model;
        this.look = look;
        this.use = use;
    }

    /** Read by the bindings of settings.fxml. */
    public SettingsViewModel getModel() {
        return model;
    }

    @FXML
    void initialize() {
        profiles.setItems(model.choices());
        profiles.setCellFactory(_ -> new ProfileCell());
        profiles.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> pick(now));
        model.chosenProperty()
                .addListener(
                        (_, _, now) -> {
                            profiles.getSelectionModel().select(now);
                            show(model.factsProperty().get());
                        });
        model.files().forEach(file -> files.getChildren().add(SettingsParts.file(file)));
        problem.problemProperty().bind(model.problemProperty());
        skeleton.setText(Messages.text("settings.testing"));
        skeleton.visibleProperty().bind(model.testingProperty());
        skeleton.managedProperty().bind(model.testingProperty());
        model.factsProperty().addListener((_, _, now) -> show(now));
        model.findings().addListener((ListChangeListener<Finding>) _ -> showFindings());
        for (ThemeMode mode : ThemeMode.values()) {
            ToggleButton button = option(Messages.text(mode.key()), themeGroup, mode);
            button.setOnAction(_ -> choose(button, () -> look.change(mode, look.scale())));
            themes.getChildren().add(button);
        }
        for (FontScale scale : FontScale.values()) {
            ToggleButton button = option(scale.percent() + " %", sizeGroup, scale);
            button.setOnAction(_ -> choose(button, () -> look.change(look.mode(), scale)));
            sizes.getChildren().add(button);
        }
        showLook();
    }

    private static ToggleButton option(String word, ToggleGroup group, Object value) {
        var button = new ToggleButton(word);
        button.setToggleGroup(group);
        button.setUserData(value);
        button.getStyleClass().add("chip");
        return button;
    }

    private static void choose(ToggleButton button, Runnable change) {
        button.setSelected(true);
        change.run();
    }

    /** Marks the theme and the size that are in use. */
    void showLook() {
        themeGroup.getToggles().forEach(t -> t.setSelected(t.getUserData() == look.mode()));
        sizeGroup.getToggles().forEach(t -> t.setSelected(t.getUserData() == look.scale()));
    }

    private void pick(Choice now) {
        if (now != null && !now.equals(model.chosenProperty().get())) {
            model.choose(now);
        }
    }

    private void show(ProfileFacts now) {
        Choice choice = model.chosenProperty().get();
        name.setText(choice == null ? "" : choice.toString());
        useIt.setDisable(choice == null || choice.inUse());
        useIt.setText(
                Messages.text(
                        choice != null && choice.inUse() ? "settings.inUse" : "settings.use"));
        facts.getChildren().clear();
        if (now != null) {
            facts.getChildren().setAll(parts.facts(now));
        }
    }

    private void showFindings() {
        findings.getChildren().setAll(parts.findings(model.findings()));
    }

    @FXML
    void testConnection() {
        model.test();
    }

    @FXML
    void useProfile() {
        use.accept(model.chosenProperty().get().name());
    }
}
