package dev.lifeboat.ui.control;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.theme.Role;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * A problem as people need it: what happened, why, what to do now; its code; to copy; and one
 * action where there is one. Takes no room while there is no problem.
 */
public final class ProblemPanel extends VBox {
    private final ObjectProperty<Problem> problem = new SimpleObjectProperty<>(this, "problem");
    private final Label what = text("problem-what");
    private final Label why = text("problem-why");
    private final Label remedy = text("problem-remedy");
    private final Label code = new Label();
    private final HBox buttons = new HBox();
    private Role role = Role.DANGER;

    public ProblemPanel() {
        getStyleClass().addAll("problem-panel", role.styleClass());
        setAccessibleRole(AccessibleRole.TEXT);
        code.getStyleClass().add("problem-code");
        code.setMinWidth(USE_PREF_SIZE);
        var title = new Label(Messages.text("problem.remedy"));
        title.getStyleClass().add("problem-remedy-title");
        var head = new HBox(Icons.of(role.glyph(), "problem-glyph"), what, code);
        head.setSpacing(8);
        head.setAlignment(Pos.TOP_LEFT);
        HBox.setHgrow(what, Priority.ALWAYS);
        buttons.getStyleClass().add("problem-buttons");
        buttons.getChildren().add(copyButton());
        getChildren().addAll(head, why, title, remedy, buttons);
        setMinHeight(USE_PREF_SIZE);
        setVisible(false);
        setManaged(false);
        problem.addListener((_, _, now) -> show(now));
    }

    public ProblemPanel(Problem problem) {
        this();
        setProblem(problem);
    }

    public Problem getProblem() {
        return problem.get();
    }

    /** Null takes it away. */
    public void setProblem(Problem now) {
        problem.set(now);
    }

    public ObjectProperty<Problem> problemProperty() {
        return problem;
    }

    /** A button that does something about it, before that for copying. */
    public ProblemPanel withAction(String label, Runnable action) {
        var button = new Button(label);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        buttons.getChildren().add(buttons.getChildren().size() - 1, button);
        return this;
    }

    /** Something that should be known and stops nothing: amber instead of red. */
    public ProblemPanel asWarning() {
        getStyleClass().remove(role.styleClass());
        role = Role.WARN;
        getStyleClass().add(role.styleClass());
        ((HBox) getChildren().getFirst())
                .getChildren()
                .set(0, Icons.of(role.glyph(), "problem-glyph"));
        return this;
    }

    /** The whole of it, as it is copied. */
    static String copied(Problem problem) {
        return problem.code()
                + "\n"
                + problem.what()
                + "\n"
                + problem.why()
                + "\n"
                + Messages.text("problem.remedy")
                + ": "
                + problem.remedy();
    }

    private void show(Problem now) {
        setVisible(now != null);
        setManaged(now != null);
        if (now != null) {
            what.setText(now.what());
            why.setText(now.why());
            remedy.setText(now.remedy());
            code.setText(now.code().name());
            setAccessibleText(copied(now));
        }
    }

    private Button copyButton() {
        var copy = new Button(Messages.text("problem.copy"), Icons.of("mdi2c-content-copy"));
        copy.setMinWidth(USE_PREF_SIZE);
        copy.setOnAction(_ -> Copying.copy(copied(getProblem())));
        return copy;
    }

    private static Label text(String styleClass) {
        var label = new Label();
        label.getStyleClass().add(styleClass);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }
}
