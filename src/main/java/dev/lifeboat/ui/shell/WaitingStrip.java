package dev.lifeboat.ui.shell;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.theme.Role;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says below the banner what was left unfinished, and leads there. It takes its own room, so that
 * it covers nothing; where restores are shown it would say nothing new and is not there. FX thread
 * only.
 */
final class WaitingStrip extends HBox {
    private static final Set<RestoreState> UNFINISHED =
            Set.of(RestoreState.INTERRUPTED, RestoreState.PAUSED, RestoreState.RUNNING);

    private final Navigator navigator;
    private final Label words = new Label();
    private final Button show = new Button();
    private Set<String> told = Set.of();
    private Set<String> closed = Set.of();
    private boolean isWaiting;
    private boolean isAtRestores;

    WaitingStrip(Navigator navigator) {
        this.navigator = navigator;
        getStyleClass().addAll("waiting-strip", Role.WARN.styleClass());
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        show.setMinWidth(Region.USE_PREF_SIZE);
        show.getStyleClass().add("waiting-show");
        getChildren()
                .addAll(
                        Icons.of(Role.WARN.glyph(), "notice-glyph"),
                        words,
                        show,
                        Icons.button("mdi2c-close", "notice.close", this::close));
        waits(false);
    }

    /**
     * Tells of those that are unfinished; of none it is not there, nor of what somebody has seen
     * and closed.
     */
    void tell(List<RestoreView> restores) {
        List<RestoreView> unfinished =
                restores.stream().filter(view -> UNFINISHED.contains(view.state())).toList();
        if (unfinished.size() == 1) {
            tell(unfinished.getFirst());
        } else if (!unfinished.isEmpty()) {
            words.setText(Messages.text("unfinished.several", unfinished.size()));
            show.setText(Messages.text("unfinished.showAll"));
            show.setOnAction(_ -> navigator.open(Destination.RESTORE));
        }
        told =
                unfinished.stream()
                        .map(view -> view.id() + " " + view.state().word())
                        .collect(Collectors.toUnmodifiableSet());
        waits(!closed.containsAll(told));
    }

    private void close() {
        closed = told;
        waits(false);
    }

    private void tell(RestoreView view) {
        words.setText(text(view));
        show.setText(Messages.text("unfinished.show"));
        show.setOnAction(_ -> navigator.showRestore(view.id()));
    }

    /** Says which screen is shown. */
    void at(Destination place) {
        isAtRestores = place == Destination.RESTORE;
        refresh();
    }

    private void waits(boolean waiting) {
        isWaiting = waiting;
        refresh();
    }

    private void refresh() {
        setVisible(isWaiting && !isAtRestores);
        setManaged(isVisible());
    }

    private static String text(RestoreView view) {
        return switch (view.state()) {
            case INTERRUPTED -> Messages.text("unfinished.interrupted", view.id());
            case PAUSED -> Messages.text("unfinished.paused", view.id());
            default -> Messages.text("unfinished.running", view.id());
        };
    }
}
