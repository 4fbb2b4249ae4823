package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.WalFileName;

/** The archive as a reader sees it. Safe for use by many threads. */
public interface WalArchive {
    /**
     * Fetches a file and checks it: decrypted, unpacked, of the size and digest that were recorded
     * when it was pushed, and for a segment with a header that belongs to its name. A copy that is
     * damaged or cannot be read is passed over for another one; copies that differ in content are a
     * conflict. The content is held in memory: one segment.
     *
     * @param file anything but {@link WalFileName.Other}
     * @return never "absent" unless every region of the choice proved that it holds no form of it;
     *     whatever else prevents a good answer is {@link Fetched.Unknown} with the problem
     * @throws CancelledException when the calling thread was interrupted
     */
    Fetched fetch(WalFileName file, WalExpectation expected) throws CancelledException;

    /**
     * Lists all WAL files, each region on its own and both at once.
     *
     * @throws RecoveryException when no region could be listed; one that could not is in {@link
     *     WalInventory#unlisted()}
     */
    WalInventory inventory(CancelToken cancel) throws RecoveryException;

    /** Fetches all history files that the inventory names. */
    ArchivedHistories histories(WalInventory inventory, CancelToken cancel)
            throws RecoveryException;
}
