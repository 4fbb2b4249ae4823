package dev.lifeboat.ui.timeline;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.util.List;

/** Reads the WAL around a time. Blocks; never called on the FX thread. */
@FunctionalInterface
public interface CommitReader {
    /**
     * The commits around a time, in the order of the log.
     *
     * @param time in microseconds
     * @param each how many before and how many behind, at most
     * @throws RecoveryException when the WAL there cannot be had or read
     */
    List<NearCommit> around(long time, int each, CancelToken cancel) throws RecoveryException;
}
