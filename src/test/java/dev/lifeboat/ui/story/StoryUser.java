package dev.lifeboat.ui.story;

import static java.util.stream.Collectors.joining;

import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.shell.ScreenPicture;
import dev.lifeboat.ui.timeline.view.TimelineView;

import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Window;

import org.testfx.api.FxRobot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Somebody who sits before the window: reads what it shows, and uses its controls by mouse and
 * keyboard. Every act waits until the window allows it; one that never does fails with what the
 * window showed and leaves a picture in {@code target/story}.
 */
final class StoryUser {
    private static final Path PICTURES = Path.of("target/story");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 50;
    private static final int NOTCHES = 300;
    private static final int MOST_TABS = 60;
    private static final double EDGE = 4;
    private static final double LANE_NAMES = 30;
    private final FxRobot robot = new FxRobot();
    private final String story;

    /**
     * @param story names the picture
     */
    StoryUser(String story) {
        this.story = story;
    }

    /** Waits until a text that holds these words can be read; it may have to be scrolled to. */
    void reads(String words) {
        await("\"" + words + "\" is shown", () -> says(words));
    }

    /** Waits until no text holds these words any more. */
    void noLongerReads(String words) {
        await("\"" + words + "\" is shown no more", () -> !says(words));
    }

    /** Whether a text holds these words now. */
    boolean says(String words) {
        return FxToolkit.fx(() -> texts().stream().anyMatch(text -> text.contains(words)));
    }

    /** The first text that matches a regular expression, once there is one. */
    String text(String pattern) {
        var found = new ArrayList<String>();
        await(
                "a text like " + pattern,
                () ->
                        FxToolkit.fx(
                                () ->
                                        texts().stream()
                                                .filter(text -> text.matches("(?s)" + pattern))
                                                .findFirst()
                                                .map(found::add)
                                                .isPresent()));
        return found.getFirst();
    }

    /** Presses a button, by its words, its accessible text or {@code #id}. */
    void presses(String name) {
        click(new Wanted<>(ButtonBase.class, "the button " + name, node -> isNamed(node, name)));
    }

    /** Whether there is such a button, and whether it can be pressed. */
    boolean canPress(String name) {
        return FxToolkit.fx(
                () ->
                        shown(ButtonBase.class)
                                .anyMatch(node -> isNamed(node, name) && !node.isDisabled()));
    }

    /** Puts a text into a field, by its accessible text, its prompt or {@code #id}. */
    void types(String field, String text) {
        TextInputControl control =
                click(
                        new Wanted<>(
                                TextInputControl.class,
                                "the field " + field,
                                node -> isNamed(node, field)));
        await(field + " has the focus", () -> FxToolkit.fx(control::isFocused));
        robot.push(KeyCode.CONTROL, KeyCode.A);
        robot.push(KeyCode.DELETE);
        robot.write(text, 0);
        await(field + " holds " + text, () -> FxToolkit.fx(() -> control.getText().equals(text)));
    }

    /**
     * Opens a box, by its accessible text or {@code #id}, and takes what it offers in these words.
     */
    void picks(String box, String words) {
        ComboBox<?> opened =
                click(new Wanted<>(ComboBox.class, "the box " + box, node -> isNamed(node, box)));
        click(
                new Wanted<>(
                        ListCell.class,
                        words + " in " + box,
                        cell -> !cell.getScene().equals(opened.getScene()) && holds(cell, words)));
        await(box + " is closed", () -> FxToolkit.fx(() -> !opened.isShowing()));
    }

    /** Presses keys where the focus is. */
    void keys(KeyCode... keys) {
        robot.push(keys);
        FxToolkit.settle();
    }

    /**
     * Goes on by Tab until that has the focus; by its accessible text, its words or {@code #id}.
     */
    void tabsTo(String name) {
        await(
                name + " can be used",
                () -> FxToolkit.fx(() -> shown(Node.class).anyMatch(n -> isOpen(n, name))));
        for (int tab = 0; tab < MOST_TABS; tab++) {
            if (FxToolkit.fx(() -> focused().filter(node -> isNamed(node, name)).isPresent())) {
                return;
            }
            keys(KeyCode.TAB);
        }
        throw failed(name + " has the focus within " + MOST_TABS + " tabs");
    }

    /** Waits until a control of this type has the focus without anybody's doing. */
    <T extends Node> T hasTheFocus(Class<T> type) {
        await(
                "a " + type.getSimpleName() + " has the focus",
                () -> FxToolkit.fx(() -> focused().filter(type::isInstance).isPresent()));
        return type.cast(FxToolkit.fx(() -> focused().orElseThrow()));
    }

    /** Types where the focus is, in place of what stands there. */
    void writes(String text) {
        robot.push(KeyCode.CONTROL, KeyCode.A);
        robot.push(KeyCode.DELETE);
        robot.write(text, 0);
        FxToolkit.settle();
    }

    private static boolean isOpen(Node node, String name) {
        return isNamed(node, name) && !node.isDisabled() && node.isFocusTraversable();
    }

    private static Optional<Node> focused() {
        return Window.getWindows().stream()
                .filter(Window::isFocused)
                .map(Window::getScene)
                .flatMap(scene -> Optional.ofNullable(scene.getFocusOwner()).stream())
                .findFirst();
    }

    /**
     * Clicks on the first row of a table or list in which these words stand, until it is chosen.
     */
    void chooses(String words) {
        var row =
                new Wanted<>(
                        IndexedCell.class,
                        "the row with " + words,
                        cell -> !cell.isEmpty() && holds(cell, words));
        click(row);
        if (find(row).filter(cell -> !FxToolkit.fx(cell::isSelected)).isPresent()) {
            chooses(words);
        }
    }

    /** Gives the focus to the timeline by a click on the names of its lanes. */
    void turnsToTheTimeline() {
        String name = Messages.text("timeline.accessible");
        reach(
                new Wanted<>(TimelineView.class, name, node -> isNamed(node, name)),
                node -> leftOf(node, LANE_NAMES));
        robot.clickOn();
        FxToolkit.settle();
    }

    /** Waits for what is not in the window. */
    void await(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw failed(what);
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed(what);
        } catch (AssertionError failed) {
            throw failed;
        } catch (Exception broken) {
            throw new AssertionError(what, broken);
        }
    }

    /** Leaves a picture of what the window shows. */
    private Path picture() {
        Path file = PICTURES.resolve(story + ".png");
        var scene =
                FxToolkit.fx(
                        () ->
                                Window.getWindows().stream()
                                        .filter(Window::isShowing)
                                        .map(Window::getScene)
                                        .findFirst());
        try {
            if (scene.isPresent()) {
                ScreenPicture.write(FxToolkit.fx(() -> ScreenPicture.of(scene.get())), file);
            }
            return file;
        } catch (IOException unwritable) {
            throw new AssertionError("no picture", unwritable);
        }
    }

    private AssertionError failed(String what) {
        Path file = picture();
        String shown = FxToolkit.fx(() -> texts().stream().collect(joining("\n  ")));
        return new AssertionError(
                "It never came to it that " + what + ". See " + file + ". Shown was:\n  " + shown);
    }

    private record Wanted<T extends Node>(Class<T> type, String what, Predicate<T> is) {}

    private static <T extends Node> Optional<T> find(Wanted<T> wanted) {
        return FxToolkit.fx(
                () ->
                        shown(wanted.type())
                                .filter(node -> !node.isDisabled())
                                .filter(wanted.is())
                                .findFirst());
    }

    private <T extends Node> T click(Wanted<T> wanted) {
        T reached = reach(wanted, StoryUser::middle);
        robot.clickOn();
        FxToolkit.settle();
        return reached;
    }

    /**
     * Puts the mouse on it, once it can be reached: nothing may lie above it. Looked for anew each
     * time, since a window that learns something makes its rows anew; and not while it moves.
     */
    private <T extends Node> T reach(Wanted<T> wanted, Function<Node, Point2D> place) {
        var reached = new ArrayList<T>();
        await(
                "the mouse could be put on " + wanted.what(),
                () -> {
                    Optional<T> found = find(wanted);
                    found.filter(node -> isReached(node, place)).ifPresent(reached::add);
                    return !reached.isEmpty();
                });
        return reached.getFirst();
    }

    private boolean isReached(Node node, Function<Node, Point2D> place) {
        if (!scrolledTo(node)) {
            return false;
        }
        Point2D at = FxToolkit.fx(() -> place.apply(node));
        robot.moveTo(at);
        FxToolkit.settle();
        return FxToolkit.fx(() -> node.isHover() && place.apply(node).equals(at));
    }

    private static Point2D leftOf(Node node, double x) {
        Bounds bounds = node.localToScreen(node.getBoundsInLocal());
        return new Point2D(bounds.getMinX() + x, bounds.getCenterY());
    }

    private static Point2D middle(Node node) {
        Bounds bounds = node.localToScreen(node.getBoundsInLocal());
        if (bounds == null) {
            return Point2D.ZERO; // it is in the window no more
        }
        return new Point2D(bounds.getCenterX(), bounds.getCenterY());
    }

    /** Turns the wheel until it is in sight. */
    private boolean scrolledTo(Node node) {
        Optional<ScrollPane> pane = FxToolkit.fx(() -> paneOf(node));
        if (pane.isEmpty()) {
            return true;
        }
        for (int notch = 0; notch < NOTCHES; notch++) {
            double away = FxToolkit.fx(() -> away(node, pane.get()));
            if (away == 0) {
                return true;
            }
            robot.moveTo(FxToolkit.fx(() -> leftEdge(pane.get())));
            robot.scroll(1, away > 0 ? VerticalDirection.DOWN : VerticalDirection.UP);
            FxToolkit.settle();
        }
        return false;
    }

    private static Optional<ScrollPane> paneOf(Node node) {
        for (Parent at = node.getParent(); at != null; at = at.getParent()) {
            if (at instanceof ScrollPane pane) {
                return Optional.of(pane);
            }
        }
        return Optional.empty();
    }

    /** How far its middle lies below what is seen, or, negative, above. */
    private static double away(Node node, ScrollPane pane) {
        Bounds seen = view(pane);
        double middle = middle(node).getY();
        double above = Math.min(0, middle - seen.getMinY() - EDGE);
        double below = Math.max(0, middle - seen.getMaxY() + EDGE);
        return above + below;
    }

    private static Bounds view(ScrollPane pane) {
        Bounds all = pane.localToScreen(pane.getBoundsInLocal());
        Bounds port = pane.getViewportBounds();
        return new BoundingBox(all.getMinX(), all.getMinY(), port.getWidth(), port.getHeight());
    }

    /** Where a wheel turns the page, and no list in it. */
    private static Point2D leftEdge(ScrollPane pane) {
        Bounds seen = view(pane);
        return new Point2D(seen.getMinX() + EDGE, seen.getCenterY());
    }

    private static boolean isNamed(Node node, String name) {
        if (name.startsWith("#")) {
            return name.substring(1).equals(node.getId());
        }
        return name.equals(node.getAccessibleText())
                || (node instanceof Labeled labeled && name.equals(labeled.getText()))
                || (node instanceof TextInputControl field && name.equals(field.getPromptText()));
    }

    private static boolean holds(Node node, String words) {
        return inside(node).anyMatch(each -> text(each).contains(words));
    }

    private static String text(Node node) {
        String text =
                switch (node) {
                    case Labeled labeled -> labeled.getText();
                    case Text drawn -> drawn.getText();
                    case TextInputControl field -> field.getText();
                    default -> "";
                };
        return text == null ? "" : text;
    }

    private static Set<String> texts() {
        Set<String> texts = new LinkedHashSet<>();
        shown(Node.class).map(StoryUser::text).filter(text -> !text.isBlank()).forEach(texts::add);
        return texts;
    }

    private static <T extends Node> Stream<T> shown(Class<T> type) {
        return List.copyOf(Window.getWindows()).reversed().stream()
                .filter(Window::isShowing)
                .map(Window::getScene)
                .map(Scene::getRoot)
                .flatMap(root -> inside(root))
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static Stream<Node> inside(Node node) {
        if (!node.isVisible()) {
            return Stream.empty();
        }
        Stream<Node> children =
                node instanceof Parent parent
                        ? parent.getChildrenUnmodifiable().stream().flatMap(child -> inside(child))
                        : Stream.empty();
        return Stream.concat(Stream.of(node), children);
    }
}
