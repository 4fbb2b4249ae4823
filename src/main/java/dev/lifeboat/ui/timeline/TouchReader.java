package dev.lifeboat.ui.timeline;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Map;

/** Reads what the transactions around a time touched. Blocks; never called on the FX thread. */
@FunctionalInterface
public interface TouchReader {
    /**
     * By the position of the commit record. Takes longer than {@link CommitReader#around}, since
     * names are carried forward through the WAL and may be asked of a database.
     *
     * @param time in microseconds
     * @param each how many before and how many behind, at most
     * @throws RecoveryException when the WAL there cannot be had or read
     */
    Map<Lsn, Touched> around(long time, int each, CancelToken cancel) throws RecoveryException;
}
