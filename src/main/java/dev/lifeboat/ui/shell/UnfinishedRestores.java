package dev.lifeboat.ui.shell;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.control.Copying;

import java.util.List;

/** Says at the start what was left unfinished, and offers to go on. */
final class UnfinishedRestores {
    private UnfinishedRestores() {}

    static void offer(List<RestoreView> unfinished, Navigator navigator, NoticeStack notices) {
        for (RestoreView view : unfinished) {
            if (navigator.has(Destination.RESTORE)) {
                notices.ask(
                        text(view),
                        Messages.text("unfinished.show"),
                        () -> navigator.showRestore(view.id()));
            } else if (view.state() == RestoreState.INTERRUPTED) {
                String command = "lifeboat restores resume " + view.id();
                notices.ask(
                        text(view) + " " + Messages.text("unfinished.command", command),
                        Messages.text("unfinished.copy"),
                        () -> Copying.copy(command));
            }
        }
    }

    private static String text(RestoreView view) {
        return switch (view.state()) {
            case INTERRUPTED -> Messages.text("unfinished.interrupted", view.id());
            case PAUSED -> Messages.text("unfinished.paused", view.id());
            default -> Messages.text("unfinished.running", view.id());
        };
    }
}
