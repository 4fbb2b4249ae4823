package dev.lifeboat.restore;

import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Map;

/** Puts the beginning and the end of every stage into the journal. */
record StageClock(Journal journal, RestoreProgress progress) {
    interface Step {
        void run() throws RecoveryException;
    }

    /** Runs a stage that is repeated by every process that works on the restore. */
    void run(Stage stage, Step step) throws RecoveryException {
        long began = System.nanoTime();
        progress.enter(stage);
        journal.record(RestoreHistory.STAGE_BEGAN, Map.of("stage", stage.word()));
        step.run();
        double seconds = Math.round((System.nanoTime() - began) / 1e6) / 1e3;
        journal.record(
                RestoreHistory.STAGE_ENDED, Map.of("stage", stage.word(), "seconds", seconds));
    }

    /** Runs a stage unless the journal says that it was finished. */
    void once(Stage stage, Step step) throws RecoveryException {
        if (!RestoreHistory.of(journal.events()).ended(stage)) {
            run(stage, step);
        }
    }
}
