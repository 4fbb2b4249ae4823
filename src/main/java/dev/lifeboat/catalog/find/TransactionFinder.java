package dev.lifeboat.catalog.find;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.index.IndexedWal;

import java.time.Duration;
import java.time.Instant;

/**
 * Finds in the archive's WAL the transactions that hurt, and shows those around an instant. Reads
 * along the newest timeline that the newest base leads to, from the first usable base on. Only what
 * can be recovered is looked at. For one thread at a time.
 */
public final class TransactionFinder {
    /** Clocks go back now and then: so much behind the wanted time is read, too. */
    static final Duration LEEWAY = Duration.ofMinutes(5);

    private final FinderParts parts;

    /** The names of a server that may or may not be reachable. */
    @FunctionalInterface
    public interface LiveNames {
        /**
         * @throws RecoveryException when it cannot be asked; then what it would name has numbers
         */
        CatalogNames read() throws RecoveryException;
    }

    /**
     * @param backups the buckets of the bases
     * @param places where the index of the WAL is kept; {@link IndexedWal.Places#none()}: all that
     *     is asked for is read
     * @param live the database that the backups are of; asked once, when names are missing
     */
    public TransactionFinder(
            Catalog catalog,
            RegionPair backups,
            KeyRing keys,
            WalArchive archive,
            IndexedWal.Places places,
            LiveNames live) {
        this(new FinderParts(Bases.of(catalog, backups, keys), archive, places, live));
    }

    TransactionFinder(FinderParts parts) {
        this.parts = parts;
    }

    /**
     * Finds all that was asked for. Segments of which the index proves that they hold nothing of it
     * are not read; the result is the same as if they were. A segment that is missing or damaged is
     * passed over: the result says so.
     *
     * @param progress counts bytes of plain WAL
     * @throws RecoveryException NO_BASE, or when catalog or WAL cannot be listed
     */
    public FindResult find(
            FindRequest request, FindListener listener, Progress progress, CancelToken cancel)
            throws RecoveryException {
        return new Search(parts, request, listener, progress, cancel).run();
    }

    /**
     * The commits before and after an instant, with what they touched. Where the index knows the
     * instant's segment, little else is read.
     *
     * @param count at most so many on either side
     * @throws RecoveryException as {@link #find}
     */
    public FindResult around(Instant instant, int count, Progress progress, CancelToken cancel)
            throws RecoveryException {
        return new AroundInstant(parts, instant, count, progress, cancel).run();
    }
}
