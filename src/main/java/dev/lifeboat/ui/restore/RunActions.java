package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreState;

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
