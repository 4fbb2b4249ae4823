package dev.lifeboat.ui.task;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionChoice;

/** Gives a piece of work an engine of its own, and closes it afterwards. Safe for any thread. */
@FunctionalInterface
public interface EngineAccess {
    /** What is done with an engine, on the calling thread. */
    @FunctionalInterface
    interface Work<T> {
        T with(Engine engine) throws RecoveryException;
    }

    /**
     * Does the work.
     *
     * @throws RecoveryException what the settings or the work answered
     */
    <T> T work(RegionChoice choice, CancelToken cancel, Work<T> work) throws RecoveryException;
}
