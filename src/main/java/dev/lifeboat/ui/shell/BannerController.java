package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Copying;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.theme.Role;

import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Binds banner.fxml: environment, cluster, regions, credentials, clocks. */
public final class BannerController {
    private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");
    private final ShellViewModel model;
    private final List<String> profiles;
    private final Consumer<Optional<String>> choose;
    private final Consumer<ProblemPanel> explain;
    @FXML private Pane banner;
    @FXML private Label environment;
    @FXML private MenuButton profile;
    @FXML private FlowPane items;
    @FXML private Label utc;
    @FXML private Label local;

    /**
     * @param profiles that can be chosen
     * @param choose takes the one that was chosen; empty for the environment alone
     * @param explain shows why something is red
     */
    BannerController(
            ShellViewModel model,
            List<String> profiles,
            Consumer<Optional<String>> choose,
            Consumer<ProblemPanel> explain) {
        this.model = model;
        this.profiles = List.copyOf(profiles);
        this.choose = choose;
        this.explain = explain;
    }

    @FXML
    void initialize() {
        banner.getStyleClass().add(model.environment().styleClass());
        environment.setText(model.environment().word());
        environment.setAccessibleText(
                Messages.text("banner.environment", model.environment().word()));
        profile.setText(model.profile().title());
        profile.setAccessibleText(Messages.text("banner.profile", model.profile().title()));
        profiles.forEach(name -> profile.getItems().add(item(name, Optional.of(name))));
        profile.getItems().add(item(Messages.text("banner.environmentAlone"), Optional.empty()));
        utc.textProperty().bind(model.utcProperty());
        local.textProperty().bind(model.localProperty());
        model.regions().addListener((ListChangeListener<BannerItem>) _ -> show());
        model.server().addListener((ListChangeListener<BannerItem>) _ -> show());
        model.credentialsProperty().addListener((_, _, _) -> show());
        model.modeProperty().addListener((_, _, _) -> show());
        show();
    }

    private MenuItem item(String text, Optional<String> name) {
        var item = new MenuItem(text);
        item.setOnAction(_ -> choose.accept(name));
        item.setDisable(name.equals(model.profile().name()));
        return item;
    }

    private void show() {
        items.getChildren().clear();
        model.server().forEach(item -> items.getChildren().add(node(item)));
        model.regions().forEach(region -> items.getChildren().add(node(region)));
        items.getChildren().add(node(model.credentialsProperty().get()));
        items.getChildren().add(node(model.modeProperty().get()));
    }

    private Node node(BannerItem item) {
        var name = new Label(item.name());
        name.getStyleClass().add("banner-name");
        var state = new Label(item.state());
        state.getStyleClass().addAll("banner-state", item.role().styleClass());
        var box = new HBox(name, state);
        if (item.role() != Role.TEXT) {
            box.getChildren().addFirst(Icons.of(item.role().glyph(), "banner-glyph"));
        }
        name.setManaged(!item.name().isEmpty());
        box.getStyleClass().addAll("banner-item", item.role().styleClass());
        box.setAccessibleText(item.name() + " " + item.state());
        return item.problem().<Node>map(why -> asButton(box, new ProblemPanel(why))).orElse(box);
    }

    private Button asButton(HBox box, ProblemPanel panel) {
        var button = new Button();
        button.setGraphic(box);
        button.getStyleClass().add("banner-button");
        button.setAccessibleText(box.getAccessibleText());
        button.setTooltip(new Tooltip(panel.getProblem().what()));
        button.setOnAction(_ -> explain.accept(panel));
        return button;
    }

    /** Smaller type where there is little room: the screen below needs it more. */
    void narrow(boolean narrow) {
        banner.pseudoClassStateChanged(NARROW, narrow);
    }

    @FXML
    void copyTime() {
        Copying.copy(utc.getText());
    }
}
