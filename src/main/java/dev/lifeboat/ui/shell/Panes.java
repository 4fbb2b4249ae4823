package dev.lifeboat.ui.shell;

import javafx.scene.Node;
import javafx.scene.Parent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** F6 leads around the window's parts: rail, screen, status. */
final class Panes {
    private static final List<String> PARTS = List.of("rail", "place", "status-line", "banner");

    private Panes() {}

    /** Puts the focus into the part after the one that has it; before it when backwards. */
    static void next(Parent root, boolean backwards) {
        List<Node> parts = new ArrayList<>();
        PARTS.forEach(name -> Optional.ofNullable(root.lookup("." + name)).ifPresent(parts::add));
        int at = -1;
        Node owner = root.getScene().getFocusOwner();
        for (int i = 0; i < parts.size(); i++) {
            if (isWithin(owner, parts.get(i))) {
                at = i;
            }
        }
        for (int step = 1; step <= parts.size(); step++) {
            int next = Math.floorMod(at + (backwards ? -step : step), parts.size());
            Optional<Node> first = firstIn(parts.get(next));
            if (first.isPresent()) {
                first.get().requestFocus();
                return;
            }
        }
    }

    /** Whether a node lies in a part; no node lies nowhere. */
    static boolean isWithin(Node node, Node part) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.equals(part)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is in the window, seen and not disabled. */
    static boolean isUsable(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null && !node.isDisabled();
    }

    /** The first control within a node that takes the focus. */
    static Optional<Node> firstIn(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return Optional.empty();
        }
        if (node.isFocusTraversable()) {
            return Optional.of(node);
        }
        if (node instanceof Parent parent) {
            return parent.getChildrenUnmodifiable().stream()
                    .map(Panes::firstIn)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.empty();
    }
}
