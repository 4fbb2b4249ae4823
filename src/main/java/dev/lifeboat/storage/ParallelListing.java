package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Lists a prefix with several listings at once, each over its own stretch of the key space. A
 * worker without work takes over the upper half of a stretch that has shown to be long; since every
 * stretch is listed by {@code startAfter} up to its end, where it was cut changes the speed and
 * nothing else: every key is shown exactly once.
 */
public final class ParallelListing {
    private final ObjectStore store;
    private final int listingsAtOnce;
    private final int splitAfterKeys;

    public ParallelListing(ObjectStore store, int listingsAtOnce) {
        this(store, listingsAtOnce, ListingStretch.PAGE_KEYS);
    }

    /**
     * @param splitAfterKeys how many keys a stretch must have shown before it counts as long
     */
    ParallelListing(ObjectStore store, int listingsAtOnce, int splitAfterKeys) {
        this.store = store;
        this.listingsAtOnce = listingsAtOnce;
        this.splitAfterKeys = splitAfterKeys;
    }

    /**
     * Shows every object below the prefix, one at a time but in no order, from several threads.
     *
     * @throws RecoveryException the first failure of a listing or of the visitor; the other
     *     listings are stopped
     */
    public void list(String prefix, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException {
        CancelToken stop = new CancelToken();
        ListingShare share = new ListingShare(prefix, splitAfterKeys, visitor, stop);
        try (var _ = cancel.onCancel(stop::cancel);
                ExecutorService threads =
                        Executors.newThreadPerTaskExecutor(
                                Thread.ofVirtual().name("list-", 1).factory())) {

            for (int i = 0; i < listingsAtOnce; i++) {
                threads.execute(() -> share.work(store));
            }
        }
        cancel.check();
        share.outcome();
    }

    /** Every object below the prefix, in key order. */
    public List<ObjectInfo> all(String prefix, CancelToken cancel) throws RecoveryException {
        List<ObjectInfo> found = new ArrayList<>();
        list(prefix, found::add, cancel);
        found.sort((a, b) -> Keys.ORDER.compare(a.key(), b.key()));
        return found;
    }
}
