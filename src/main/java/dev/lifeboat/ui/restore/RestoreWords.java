package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.theme.Role;

/** How a restore stands, as word and role: the same on every screen. */
public final class RestoreWords {
    private RestoreWords() {}

    public static Role role(RestoreState state) {
        return switch (state) {
            case RUNNING, PLANNED -> Role.INFO;
            case INTERRUPTED -> Role.WARN;
            case PAUSED -> Role.TARGET;
            case PROMOTED, RESTORED, HANDED_OVER -> Role.OK;
            case FAILED -> Role.DANGER;
            case STOPPED, DISCARDED -> Role.MUTED;
        };
    }

    public static String state(RestoreState state) {
        return switch (state) {
            case PLANNED -> Messages.text("state.planned");
            case RUNNING -> Messages.text("state.running");
            case INTERRUPTED -> Messages.text("state.interrupted");
            case PAUSED -> Messages.text("state.paused");
            case PROMOTED -> Messages.text("state.promoted");
            case STOPPED -> Messages.text("state.stopped");
            case RESTORED -> Messages.text("state.restored");
            case HANDED_OVER -> Messages.text("state.handed-over");
            case FAILED -> Messages.text("state.failed");
            case DISCARDED -> Messages.text("state.discarded");
        };
    }
}
