package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.ui.Messages;

/**
 * Why something that was pressed or asked for was not done: the restore stands otherwise by now.
 */
final class MissedWords {
    private MissedWords() {}

    static String of(RunActions missed, RunViewModel viewModel) {
        RestoreState state = viewModel.getView().state();
        String why = missed.allowedIn(state) ? Messages.text("run.missed.taken") : became(state);
        return Messages.text("run.missed", why, undone(missed));
    }

    private static String became(RestoreState state) {
        return switch (state) {
            case PLANNED -> Messages.text("run.missed.planned");
            case RUNNING -> Messages.text("run.missed.running");
            case INTERRUPTED -> Messages.text("run.missed.interrupted");
            case PAUSED -> Messages.text("run.missed.paused");
            case PROMOTED -> Messages.text("run.missed.promoted");
            case STOPPED -> Messages.text("run.missed.stopped");
            case RESTORED -> Messages.text("run.missed.restored");
            case HANDED_OVER -> Messages.text("run.missed.handed-over");
            case FAILED -> Messages.text("run.missed.failed");
            case DISCARDED -> Messages.text("run.missed.discarded");
        };
    }

    private static String undone(RunActions missed) {
        return switch (missed) {
            case STOP, SHUT_DOWN -> Messages.text("run.missed.no.stop");
            case ABORT -> Messages.text("run.missed.no.abort");
            case RESUME, ADVANCE -> Messages.text("run.missed.no.resume");
            case PROMOTE -> Messages.text("run.missed.no.promote");
            case HANDOVER -> Messages.text("run.missed.no.handover");
            case DISCARD -> Messages.text("run.missed.no.discard");
        };
    }
}
