package dev.lifeboat.ui.control;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;

/** Brings parts of a page into sight. FX thread only. */
public final class Scrolling {
    private static final double ROOM = 16;

    private Scrolling() {}

    /** Scrolls the page around the node just as far as it takes to see it; none: does nothing. */
    public static void reveal(Node node) {
        Parent around = node.getParent();
        while (around != null && !(around instanceof ScrollPane)) {
            around = around.getParent();
        }
        if (around instanceof ScrollPane page && page.getContent() != null) {
            reveal(page, node);
        }
    }

    private static void reveal(ScrollPane page, Node node) {
        page.applyCss();
        page.layout(); // what was just made has no place before
        double seen = page.getViewportBounds().getHeight();
        double hidden = page.getContent().getLayoutBounds().getHeight() - seen;
        if (hidden <= 0) {
            return;
        }
        Bounds wanted = page.getContent().sceneToLocal(node.localToScene(node.getBoundsInLocal()));
        double top = page.getVvalue() * hidden;
        double first = wanted.getMaxY() + ROOM - seen;
        double last = wanted.getMinY() - ROOM;
        double kept = last < first ? first : Math.clamp(top, first, last);
        page.setVvalue(Math.clamp(kept / hidden, 0, 1));
    }
}
