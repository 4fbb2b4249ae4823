package dev.lifeboat.ui.shell;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.ui.Notices;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.control.ProblemPanel;
import dev.lifeboat.ui.theme.Role;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** Notices in the lower right corner of the screens, the newest below. */
final class NoticeStack extends VBox implements Notices {
    private static final Duration SHOWN = Duration.seconds(8);
    private static final int MOST = 4;

    NoticeStack() {
        getStyleClass().add("notice-stack");
        setPickOnBounds(false);
        setAlignment(Pos.BOTTOM_RIGHT);
    }

    @Override
    public void done(String text) {
        Node notice = add(Role.OK, words(text));
        var pause = new PauseTransition(SHOWN);
        pause.setOnFinished(_ -> getChildren().remove(notice));
        pause.play();
    }

    @Override
    public void problem(Problem problem) {
        var panel = new ProblemPanel(problem);
        add(Role.DANGER, panel);
    }

    private Node add(Role role, Node content) {
        var notice = new HBox();
        notice.getStyleClass().addAll("notice", role.styleClass());
        notice.setAccessibleRole(AccessibleRole.TEXT);
        var close = Icons.button("mdi2c-close", "notice.close", () -> getChildren().remove(notice));
        HBox.setHgrow(content, Priority.ALWAYS);
        if (!(content instanceof ProblemPanel)) {
            notice.getChildren().add(Icons.of(role.glyph(), "notice-glyph"));
        }
        notice.getChildren().addAll(content, close);
        getChildren().add(notice);
        if (getChildren().size() > MOST) {
            getChildren().removeFirst();
        }
        return notice;
    }

    private static Label words(String text) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
