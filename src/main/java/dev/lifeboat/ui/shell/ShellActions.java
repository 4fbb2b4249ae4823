package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;

import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be done from everywhere: by key, and from the palette. */
final class ShellActions {
    private final Shell shell;
    private final Shell.Parts parts;

    ShellActions(Shell shell, Shell.Parts parts) {
        this.shell = shell;
        this.parts = parts;
    }

    /** All of them, with their keys. */
    List<Action> all() {
        List<Action> actions = new ArrayList<>();
        int number = 1;
        for (Destination place : shell.places()) {
            actions.add(
                    new Action(
                            Messages.text("action.go", place.title()),
                            "Ctrl+" + number++,
                            place.icon(),
                            () -> shell.open(place)));
        }
        shell.incident()
                .ifPresent(
                        begin ->
                                actions.add(
                                        new Action(
                                                Messages.text("rail.incident"),
                                                "Ctrl+Shift+I",
                                                "mdi2a-alarm-light-outline",
                                                begin)));
        if (shell.has(Destination.TIMELINE)) {
            add(actions, "action.damage", "Ctrl+D", "mdi2m-magnify", shell::findDamage);
        }
        add(actions, "action.palette", "Ctrl+K", "mdi2m-magnify", shell::palette);
        add(actions, "action.refresh", "F5", "mdi2r-refresh", shell::refresh);
        add(actions, "action.find", "Ctrl+F", "mdi2f-filter-outline", shell::find);
        add(actions, "action.log", "Ctrl+L", "mdi2t-text-box-outline", shell::toggleLog);
        add(actions, "action.larger", "Ctrl++", "mdi2f-format-font-size-increase", this::larger);
        add(actions, "action.smaller", "Ctrl+-", "mdi2f-format-font-size-decrease", this::smaller);
        add(actions, "action.usual", "Ctrl+0", "mdi2f-format-size", this::usual);
        for (ThemeMode mode : ThemeMode.values()) {
            actions.add(
                    new Action(
                            Messages.text("action.theme", Messages.text(mode.key())),
                            "",
                            "mdi2t-theme-light-dark",
                            () -> parts.look().change(mode, parts.look().scale())));
        }
        profiles(actions);
        add(actions, "action.help", "F1", "mdi2h-help-circle-outline", shell::help);
        add(actions, "action.shortcuts", "?", "mdi2k-keyboard-outline", shell::shortcuts);
        return actions;
    }

    private void profiles(List<Action> actions) {
        for (String name : parts.names()) {
            if (!parts.services().profile().name().equals(Optional.of(name))) {
                actions.add(
                        new Action(
                                Messages.text("action.profile", name),
                                "",
                                "mdi2s-swap-horizontal",
                                () -> parts.choose().accept(Optional.of(name))));
            }
        }
    }

    private static void add(
            List<Action> actions, String key, String keys, String icon, Runnable run) {
        actions.add(new Action(Messages.text(key), keys, icon, run));
    }

    /** Makes the keys work in a scene. */
    void install(Scene scene) {
        var keys = scene.getAccelerators();
        keys.clear();
        for (Action action : all()) {
            combination(action.keys()).ifPresent(pressed -> keys.put(pressed, action.run()));
        }
        keys.put(KeyCombination.valueOf("Shortcut+EQUALS"), this::larger);
        keys.put(KeyCombination.valueOf("Shortcut+Shift+EQUALS"), this::larger);
        keys.put(KeyCombination.valueOf("Shortcut+Add"), this::larger);
        keys.put(KeyCombination.valueOf("Shortcut+Subtract"), this::smaller);
        scene.setOnKeyPressed(this::pressed);
        scene.setOnKeyTyped(this::typed);
    }

    private static Optional<KeyCombination> combination(String keys) {
        return switch (keys) {
            case "", "?" -> Optional.empty();
            case "Ctrl++" -> Optional.of(KeyCombination.valueOf("Shortcut+PLUS"));
            case "Ctrl+-" -> Optional.of(KeyCombination.valueOf("Shortcut+MINUS"));
            default -> Optional.of(KeyCombination.valueOf(keys.replace("Ctrl", "Shortcut")));
        };
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            shell.closeDialog();
            event.consume();
        } else if (event.getCode() == KeyCode.F6) {
            Panes.next(shell.root(), event.isShiftDown());
            event.consume();
        } else if (event.getCode() == KeyCode.PAGE_DOWN || event.getCode() == KeyCode.PAGE_UP) {
            shell.turn(event.getCode() == KeyCode.PAGE_DOWN);
            event.consume();
        }
    }

    private void typed(KeyEvent event) {
        boolean writes = event.getTarget() instanceof TextInputControl;
        if (!writes && "?".equals(event.getCharacter())) {
            shell.shortcuts();
            event.consume();
        }
    }

    private void larger() {
        parts.look().change(parts.look().mode(), parts.look().scale().larger());
    }

    private void smaller() {
        parts.look().change(parts.look().mode(), parts.look().scale().smaller());
    }

    private void usual() {
        parts.look().change(parts.look().mode(), FontScale.P100);
    }
}
