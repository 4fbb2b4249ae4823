package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.ui.task.Order;

/** What can be done with a restore as it stands. Plain. */
enum RunActions {
    STOP,
    ABORT,
    RESUME,
    ADVANCE,
    PROMOTE,
    HANDOVER,
    SHUT_DOWN,
    DISCARD;

    /** What its command does. */
    Order.Effect effect() {
        return switch (this) {
            case STOP, ABORT -> Order.Effect.READS; // it asks the process that writes
            case RESUME, ADVANCE -> Order.Effect.RESUMABLE;
            case PROMOTE, HANDOVER, SHUT_DOWN, DISCARD -> Order.Effect.FINAL;
        };
    }

    /** Whether a command under way on the same restore leaves room for it. */
    boolean allowedBeside(Order order) {
        return switch (this) {
            case STOP, ABORT -> order.effect() == Order.Effect.RESUMABLE;
            default -> false;
        };
    }

    /** Whether it can be done in that state. */
    boolean allowedIn(RestoreState state) {
        return switch (this) {
            case STOP, ABORT -> state == RestoreState.RUNNING;
            case RESUME -> state == RestoreState.INTERRUPTED || state == RestoreState.PLANNED;
            case ADVANCE, PROMOTE -> state == RestoreState.PAUSED;
            case HANDOVER, SHUT_DOWN ->
                    state == RestoreState.PAUSED || state == RestoreState.PROMOTED;
            case DISCARD ->
                    switch (state) {
                        case RUNNING, RESTORED, HANDED_OVER, DISCARDED -> false;
                        default -> true;
                    };
        };
    }
}
