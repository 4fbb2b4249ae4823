package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.IndexObjects;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalInventory;
import dev.lifeboat.wal.archive.WalRun;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The WAL of one cluster, as listed at one moment, together with its index: what the cache and the
 * bucket know, and what is read from the segments because nobody knew it yet. What was read goes
 * into the cache. Reading writes nothing to the bucket; {@link #publish} does, when told to.
 *
 * <p>Safe for use by many threads.
 */
public final class IndexedWal {
    private static final Logger LOG = LoggerFactory.getLogger(IndexedWal.class);
    private static final int READ_IN_ORDER = 16;

    /** What was read is kept after so many segments, so that an interruption loses little. */
    private static final int REMEMBERED_AT_ONCE = 1024;

    private final WalArchive archive;
    private final WalInventory inventory;
    private final String systemIdentifier;
    private final int segmentBytes;
    private final IndexStore store;
    private final SegmentReading reading;
    private volatile WalIndex index;

    private IndexedWal(
            WalArchive archive,
            WalInventory inventory,
            String systemIdentifier,
            int segmentBytes,
            IndexStore store) {
        this.archive = archive;
        this.inventory = inventory;
        this.systemIdentifier = systemIdentifier;
        this.segmentBytes = segmentBytes;
        this.store = store;
        this.reading = new SegmentReading(archive, systemIdentifier, segmentBytes);
        this.index = store.open();
    }

    /**
     * Where indexes are kept.
     *
     * @param cache Lifeboat's cache on this machine; empty: nothing is kept here
     * @param objects those of the bucket; empty when none are to be asked
     * @param archiveName names the archive, so that two share no cache
     */
    public record Places(Optional<Path> cache, Optional<IndexObjects> objects, String archiveName) {
        /** Nowhere: what is read is forgotten with the {@link IndexedWal}. */
        public static Places none() {
            return new Places(Optional.empty(), Optional.empty(), "");
        }
    }

    /**
     * Opens what is known of the segments that the inventory shows.
     *
     * @param systemIdentifier the cluster's, in decimal
     * @throws RecoveryException when cancelled; a place that fails is passed over
     */
    public static IndexedWal open(
            WalArchive archive,
            WalInventory inventory,
            String systemIdentifier,
            int segmentBytes,
            Places places,
            CancelToken cancel)
            throws RecoveryException {
        var store =
                new IndexStore(
                        new IndexFiles(places.cache(), places.archiveName()),
                        places.objects(),
                        Long.parseUnsignedLong(systemIdentifier),
                        segmentBytes,
                        WalIndex.belief(inventory));
        store.takeFromBucket(cancel);
        return new IndexedWal(archive, inventory, systemIdentifier, segmentBytes, store);
    }

    /** What is known now. */
    public WalIndex index() {
        return index;
    }

    public WalInventory inventory() {
        return inventory;
    }

    /** All segments there are, as unbroken runs. */
    public List<WalRun> runs() {
        return inventory.timelines().stream()
                .flatMap(timeline -> inventory.runs(timeline, segmentBytes).stream())
                .toList();
    }

    /**
     * What is known of a segment; read from the archive when it is not known yet, or only in part.
     *
     * @param next the segment that follows on the way of replay; empty when there is none
     * @throws RecoveryException when it cannot be fetched or read
     */
    public SegmentEntry entry(WalSegment segment, Optional<WalSegment> next)
            throws RecoveryException {
        Optional<SegmentEntry> known = index.entry(segment);
        if (known.isPresent() && (known.get().isFinal() || next.isEmpty())) {
            return known.get();
        }
        SegmentEntry read = reading.entry(segment, next, inventory);
        remember(List.of(read));
        return read;
    }

    /**
     * The ends of all transactions whose records start in the segment, read from the archive.
     *
     * @param next the segment that follows on the way of replay; empty when there is none
     * @throws RecoveryException when it cannot be fetched or read
     */
    public TransactionLog endings(WalSegment segment, Optional<WalSegment> next)
            throws RecoveryException {
        return reading.endings(segment, next);
    }

    /**
     * Reads what is not known yet of these segments. One that cannot be read is passed over and
     * stays unknown.
     *
     * @param threads how many segments at once; each holds three in memory
     * @param progress counts segments
     * @return how many segments were read
     */
    public long complete(
            Collection<WalRun> wanted, int threads, CancelToken cancel, Progress progress)
            throws RecoveryException {
        List<WalRun> work = new ArrayList<>();
        for (WalRun run : wanted) {
            for (WalRun missing : index.missing(run, Integer.MAX_VALUE)) {
                work.addAll(pieces(missing));
            }
        }
        progress.setTotal(work.stream().mapToLong(WalRun::segments).sum());
        long read = 0;
        List<Future<List<SegmentEntry>>> futures = new ArrayList<>();
        try (ExecutorService pool =
                        Executors.newFixedThreadPool(
                                threads, Thread.ofPlatform().daemon().name("index-", 1).factory());
                var _ = cancel.onCancel(pool::shutdownNow)) {
            for (WalRun piece : work) {
                futures.add(pool.submit(() -> read(piece, cancel, progress)));
            }
            List<SegmentEntry> entries = new ArrayList<>();
            for (Future<List<SegmentEntry>> future : futures) {
                entries.addAll(future.get());
                if (entries.size() >= REMEMBERED_AT_ONCE) {
                    read += entries.size();
                    remember(entries);
                    entries.clear();
                }
            }
            read += entries.size();
            remember(entries);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException failed) {
            cancel.check();
            throw new IllegalStateException(failed.getCause());
        }
        cancel.check();
        return read;
    }

    /** Short runs, so that several threads have work and what is read twice stays little. */
    private static List<WalRun> pieces(WalRun run) {
        List<WalRun> pieces = new ArrayList<>();
        long first = run.first().number();
        while (first <= run.last().number()) {
            long last = Math.min(run.last().number(), first + READ_IN_ORDER - 1);
            pieces.add(new WalRun(at(run, first), at(run, last)));
            first = last + 1;
        }
        return pieces;
    }

    private static WalSegment at(WalRun run, long number) {
        return new WalSegment(run.first().timeline(), number, run.first().sizeBytes());
    }

    private List<SegmentEntry> read(WalRun piece, CancelToken cancel, Progress progress)
            throws CancelledException {
        var own = new SegmentReading(archive, systemIdentifier, segmentBytes);
        List<SegmentEntry> entries = new ArrayList<>();
        for (long number = piece.first().number(); number <= piece.last().number(); number++) {
            cancel.check();
            WalSegment segment = at(piece, number);
            Optional<WalSegment> next = Optional.of(segment.next()).filter(inventory::holds);
            try {
                entries.add(own.entry(segment, next, inventory));
            } catch (CancelledException stopped) {
                throw stopped;
            } catch (RecoveryException unreadable) {
                LOG.debug("{} stays unknown: {}", segment, unreadable.problem());
            }
            progress.add(1);
        }
        return entries;
    }

    private synchronized void remember(List<SegmentEntry> entries) {
        if (!entries.isEmpty()) {
            index = store.add(entries);
        }
    }

    /**
     * Writes the blocks that changed since they were opened to the bucket, in every region.
     *
     * @return how many blocks
     * @throws RecoveryException when no region takes them
     */
    public synchronized int publish() throws RecoveryException {
        return store.publish(systemIdentifier);
    }
}
