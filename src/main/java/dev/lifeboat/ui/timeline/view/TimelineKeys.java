package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.TimelineMoves;
import dev.lifeboat.ui.timeline.model.TimelineState;

import javafx.scene.input.KeyEvent;

/** The timeline's keys. */
final class TimelineKeys {
    private static final int FAR = 10;

    private final TimelineState state;
    private final TimelineMoves moves;
    private TimelineActions actions = TimelineActions.none();

    TimelineKeys(TimelineView view, TimelineState state) {
        this.state = state;
        moves = new TimelineMoves(state);
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        view.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
    }

    void setActions(TimelineActions newer) {
        actions = newer;
    }

    TimelineMoves moves() {
        return moves;
    }

    private void pressed(KeyEvent key) {
        if (key.isMetaDown() || !handle(key)) {
            return;
        }
        key.consume();
    }

    private boolean handle(KeyEvent key) {
        return switch (key.getCode()) {
            case LEFT -> arrow(key, -1);
            case RIGHT -> arrow(key, 1);
            case UP -> plain(key, () -> moves.lane(false));
            case DOWN -> plain(key, () -> moves.lane(true));
            case HOME -> plain(key, moves::oldest);
            case END -> plain(key, moves::latest);
            case ENTER -> plain(key, actions::plan);
            case ESCAPE -> escape();
            case W -> plain(key, () -> moves.zoom(true));
            case S -> plain(key, () -> moves.zoom(false));
            case A -> plain(key, () -> moves.pan(false));
            case D -> plain(key, () -> moves.pan(true));
            case F -> plain(key, moves::focus);
            case G -> plain(key, () -> moves.gap(!key.isShiftDown()));
            case N -> plain(key, () -> moves.base(true));
            case B -> plain(key, () -> moves.base(false));
            case L -> plain(key, () -> state.setLocked(!state.isLocked()));
            case T -> plain(key, actions::typeTime);
            case DIGIT0, NUMPAD0 -> plain(key, moves::fitAll);
            default -> false;
        };
    }

    private boolean arrow(KeyEvent key, int direction) {
        if (key.isAltDown()) {
            boolean moved = direction < 0 ? state.back() : state.forward();
            if (!moved) {
                state.say(Messages.text("timeline.nowhereElse"));
            }
        } else if (key.isControlDown()) {
            moves.commit(direction > 0);
        } else {
            moves.step(direction * (key.isShiftDown() ? FAR : 1));
        }
        return true;
    }

    private static boolean plain(KeyEvent key, Runnable move) {
        if (key.isControlDown() || key.isAltDown()) {
            return false;
        }
        move.run();
        return true;
    }

    /** Takes the second marker away; with none it is not the timeline's key. */
    private boolean escape() {
        if (state.ghost().isEmpty()) {
            return false;
        }
        state.clearGhost();
        return true;
    }

    /** Those that lie elsewhere on other keyboards. */
    private void typed(KeyEvent key) {
        if (key.isControlDown() || key.isAltDown() || key.isMetaDown()) {
            return;
        }
        switch (key.getCharacter()) {
            case "+", "=" -> moves.zoom(true);
            case "-" -> moves.zoom(false);
            case "," -> moves.item(false);
            case "." -> moves.item(true);
            case "?" -> actions.showKeys();
            default -> {
                return;
            }
        }
        key.consume();
    }
}
