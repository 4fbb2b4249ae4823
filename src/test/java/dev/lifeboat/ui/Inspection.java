package dev.lifeboat.ui;

import dev.lifeboat.ui.control.Glyph;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks a scene over for what an eye would stumble upon. FX thread only. */
final class Inspection {
    /** What may be cut off, because its tooltip or a detail beside it says it in full. */
    private static final String MAY_SHORTEN = "may-shorten";

    private static final Set<String> SCROLLS =
            Set.of("viewport", "clipped-container", "column-header-background");

    private Inspection() {}

    /** A sentence for each fault. */
    static List<String> faults(Parent root) {
        List<String> faults = new ArrayList<>();
        visit(root, faults);
        return faults;
    }

    private static void visit(Node node, List<String> faults) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Labeled labeled) {
            cutOff(labeled, faults);
        }
        if (node instanceof ButtonBase button) {
            named(button, faults);
        }
        if (node instanceof TextInputControl field
                && blank(field.getPromptText())
                && blank(field.getAccessibleText())) {
            faults.add("A text field has neither a prompt nor an accessible name: " + field);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> visit(child, faults));
        }
    }

    private static void cutOff(Labeled labeled, List<String> faults) {
        String wanted = labeled.getText();
        if (blank(wanted) || labeled.getWidth() == 0 || shortens(labeled)) {
            return;
        }
        labeled.getChildrenUnmodifiable().stream()
                .filter(child -> child instanceof Text && !(child instanceof Glyph))
                .map(child -> ((Text) child).getText())
                .filter(shown -> !shown.equals(wanted))
                .forEach(shown -> faults.add("'" + wanted + "' is cut off to '" + shown + "'"));
        Bounds place = labeled.localToScene(labeled.getLayoutBounds());
        if (labeled.getScene() != null
                && !inViewport(labeled)
                && place.getMaxX() > labeled.getScene().getWidth() + 1) {
            faults.add("'" + wanted + "' lies outside the window");
        }
    }

    /** Within something that scrolls, header of a table included. */
    private static boolean inViewport(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.getStyleClass().stream().anyMatch(SCROLLS::contains)) {
                return true;
            }
        }
        return false;
    }

    private static boolean shortens(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.getStyleClass().contains(MAY_SHORTEN)) {
                return true;
            }
        }
        return false;
    }

    private static void named(ButtonBase button, List<String> faults) {
        boolean ours =
                button.getStyleClass().contains("icon-button") || button.getGraphic() != null;
        if (ours && blank(button.getText()) && blank(button.getAccessibleText())) {
            faults.add("A button without a word has no accessible name: " + button.getStyleClass());
        }
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
