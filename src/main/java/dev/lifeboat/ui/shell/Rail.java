package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.Icons;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The places one can go to, those that exist; words fall away where the window is narrow. */
final class Rail extends VBox {
    private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");
    private final Map<Destination, ToggleButton> places = new EnumMap<>(Destination.class);
    private final ToggleGroup group = new ToggleGroup();

    /**
     * @param there in their order
     * @param incident what the incident button does; empty: there is no such button
     */
    Rail(
            List<Destination> there,
            Consumer<Destination> go,
            Optional<Runnable> incident,
            Runnable palette,
            Runnable help) {
        getStyleClass().add("rail");
        setAccessibleText(Messages.text("rail.name"));
        incident.ifPresent(action -> getChildren().add(incident(action)));
        getChildren()
                .add(
                        button(
                                "mdi2m-magnify",
                                Messages.text("rail.palette"),
                                "Ctrl+K",
                                palette,
                                "rail-palette"));
        int number = 1;
        for (Destination place : there) {
            if (place == Destination.SETTINGS) {
                getChildren().add(spring());
            }
            ToggleButton entry = place(place, number++, go);
            places.put(place, entry);
            getChildren().add(entry);
        }
        getChildren()
                .add(
                        button(
                                "mdi2h-help-circle-outline",
                                Messages.text("rail.help"),
                                "F1",
                                help,
                                "rail-entry"));
    }

    /** Marks where one is. */
    void select(Destination place) {
        ToggleButton entry = places.get(place);
        if (entry != null) {
            entry.setSelected(true);
        }
    }

    /** Icons alone, or with their words. */
    void narrow(boolean narrow) {
        pseudoClassStateChanged(NARROW, narrow);
        for (Node child : getChildren()) {
            if (child instanceof ButtonBase button) {
                button.setContentDisplay(
                        narrow ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
            }
        }
    }

    private ToggleButton place(Destination place, int number, Consumer<Destination> go) {
        var entry = new ToggleButton(place.title(), Icons.of(place.icon()));
        entry.setToggleGroup(group);
        entry.setOnAction(
                _ -> {
                    entry.setSelected(true);
                    go.accept(place);
                });
        dress(entry, place.title(), "Ctrl+" + number, "rail-entry");
        return entry;
    }

    private static Button incident(Runnable action) {
        Button button =
                button(
                        "mdi2a-alarm-light-outline",
                        Messages.text("rail.incident"),
                        "Ctrl+Shift+I",
                        action,
                        "rail-incident");
        button.setMinHeight(Region.USE_PREF_SIZE);
        return button;
    }

    private static Button button(
            String icon, String word, String keys, Runnable action, String styleClass) {
        var button = new Button(word, Icons.of(icon));
        button.setOnAction(_ -> action.run());
        dress(button, word, keys, styleClass);
        return button;
    }

    private static void dress(ButtonBase button, String word, String keys, String styleClass) {
        button.getStyleClass().add(styleClass);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText(word);
        button.setTooltip(new Tooltip(word + "   " + keys));
    }

    private static Region spring() {
        var spring = new Region();
        VBox.setVgrow(spring, Priority.ALWAYS);
        return spring;
    }
}
