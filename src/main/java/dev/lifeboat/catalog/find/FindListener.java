package dev.lifeboat.catalog.find;

import dev.lifeboat.wal.find.FoundTransaction;

/**
 * Is told of transactions as they are found, before all is read: those around the wanted time
 * first. What is told here may be told again, with better names, by the result. Called by the
 * thread that finds.
 */
@FunctionalInterface
public interface FindListener {
    void found(FoundTransaction transaction);

    /** How far it got: this was read by now. */
    default void scanned(FindResult.Scanned part) {}

    /** For whoever waits for the result. */
    static FindListener none() {
        return _ -> {};
    }
}
