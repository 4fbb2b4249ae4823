package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayList;
import java.util.List;

/**
 * Adds entries to the index of one cluster, in the cache and in the bucket. Objects are written by
 * whoever adds: of two at the same time the later one wins, and what it lacks is made again by
 * whoever misses it. For one thread at a time.
 */
public final class IndexKeeper {
    private final String systemIdentifier;
    private final IndexStore store;
    private final List<SegmentEntry> waiting = new ArrayList<>();
    private int largest;

    /**
     * @param systemIdentifier the cluster's, in decimal
     */
    public IndexKeeper(IndexedWal.Places places, String systemIdentifier, int segmentBytes) {
        this.systemIdentifier = systemIdentifier;
        this.store =
                new IndexStore(
                        new IndexFiles(places.cache(), places.archiveName()),
                        places.objects(),
                        Long.parseUnsignedLong(systemIdentifier),
                        segmentBytes,
                        (_, _, _) -> true);
    }

    /** Takes an entry, which is kept in memory until {@link #flush}. */
    public void add(SegmentEntry entry) {
        waiting.add(entry);
    }

    /** How many entries the largest block has that was written last. */
    public int largest() {
        return largest;
    }

    /** How many entries were not written yet. */
    public int waiting() {
        return waiting.size();
    }

    /**
     * Writes what was added, on top of what others wrote meanwhile.
     *
     * @throws RecoveryException when no region takes it; what was added is tried again next time
     */
    public void flush(CancelToken cancel) throws RecoveryException {
        if (waiting.isEmpty()) {
            return;
        }
        store.takeFromBucket(cancel);
        store.add(waiting);
        largest =
                waiting.stream()
                        .mapToInt(entry -> store.rows(BlockName.of(entry.segment())))
                        .max()
                        .orElse(0);
        store.publish(systemIdentifier);
        waiting.clear();
    }
}
