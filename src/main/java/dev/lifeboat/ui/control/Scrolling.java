package dev.lifeboat.ui.control;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;

import java.util.Optional;

/** Brings parts of a page into sight. FX thread only. */
public final class Scrolling {
    private static final double ROOM = 16;

    /** What stays in sight when a page is turned, so that nobody loses the line. */
    private static final double LEFT_OVER = 48;

    private Scrolling() {}

    /**
     * Scrolls the page around the node just as far as it takes to see it, or where it begins when
     * it is higher than the page; none: does nothing.
     */
    public static void reveal(Node node) {
        Parent around = node.getParent();
        while (around != null && !(around instanceof ScrollPane)) {
            around = around.getParent();
        }
        if (around instanceof ScrollPane page && page.getContent() != null) {
            reveal(page, node);
        }
    }

    /**
     * Turns over what scrolls around a node, or else the first that scrolls within another.
     *
     * @param from null: nothing
     * @return whether there was anything to turn over
     */
    public static boolean turn(Node from, Node within, boolean down) {
        Optional<ScrollPane> page = around(from).or(() -> first(within));
        page.ifPresent(each -> turn(each, down));
        return page.isPresent();
    }

    private static void turn(ScrollPane page, boolean down) {
        double seen = page.getViewportBounds().getHeight();
        double step = (seen - LEFT_OVER) / hidden(page);
        page.setVvalue(Math.clamp(page.getVvalue() + (down ? step : -step), 0, 1));
    }

    private static Optional<ScrollPane> around(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof ScrollPane page && hidden(page) > 0) {
                return Optional.of(page);
            }
        }
        return Optional.empty();
    }

    private static Optional<ScrollPane> first(Node within) {
        if (!within.isVisible()) {
            return Optional.empty();
        }
        if (within instanceof ScrollPane page && hidden(page) > 0) {
            return Optional.of(page);
        }
        if (within instanceof Parent parent) {
            return parent.getChildrenUnmodifiable().stream()
                    .map(Scrolling::first)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.empty();
    }

    /** How much higher the content is than what is seen of it. */
    private static double hidden(ScrollPane page) {
        return page.getContent() == null
                ? 0
                : page.getContent().getLayoutBounds().getHeight()
                        - page.getViewportBounds().getHeight();
    }

    private static void reveal(ScrollPane page, Node node) {
        page.applyCss();
        page.layout(); // what was just made has no place before
        double seen = page.getViewportBounds().getHeight();
        double hidden = hidden(page);
        if (hidden <= 0) {
            return;
        }
        Bounds wanted = page.getContent().sceneToLocal(node.localToScene(node.getBoundsInLocal()));
        double top = page.getVvalue() * hidden;
        double first = wanted.getMaxY() + ROOM - seen;
        double last = wanted.getMinY() - ROOM;
        double kept = last < first ? last : Math.clamp(top, first, last);
        page.setVvalue(Math.clamp(kept / hidden, 0, 1));
    }
}
