package dev.lifeboat.backup.push;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.SegmentHeader;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalSource;
import dev.lifeboat.wal.archive.Pushed;
import dev.lifeboat.wal.index.IndexKeeper;
import dev.lifeboat.wal.index.IndexedWal;
import dev.lifeboat.wal.index.SegmentEntry;
import dev.lifeboat.wal.index.SegmentIndexer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the index of what was pushed, after it was told to be durable. Nothing that goes wrong here
 * reaches a push: an entry that is lost is made again by whoever misses it. Entries are written to
 * the bucket together, by a thread of its own.
 */
public final class PushIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushIndex.class);

    /** More than these are not kept while the bucket does not take them. */
    private static final int MOST_WAITING = 2048;

    /**
     * When entries are written: so many, or so long after the first of them. The pause is that of
     * an empty block; it grows with the block, which is written as a whole each time.
     */
    public record Terms(int entries, Duration pause) {
        /** A full block is a few megabytes, as 64 segments are several times over. */
        public static Terms usual() {
            return new Terms(64, Duration.ofMinutes(1));
        }

        private Duration pause(int rows) {
            return pause.plus(pause.multipliedBy(rows).dividedBy(ROWS_A_PAUSE));
        }
    }

    private static final int ROWS_A_PAUSE = 1024;

    private final IndexedWal.Places places;
    private final Terms terms;
    private final Thread writer;
    private final List<SegmentEntry> waiting = new ArrayList<>();
    private IndexKeeper keeper;
    private String system = "";
    private long firstAtNanos;
    private long pauseNanos;
    private boolean closed;

    /** Begins its thread. */
    public PushIndex(IndexedWal.Places places, Terms terms) {
        this.places = places;
        this.terms = terms;
        this.pauseNanos = terms.pause().toNanos();
        this.writer = Thread.ofPlatform().daemon().name("push-index").start(this::write);
    }

    /** Reads a segment that was pushed; other files are passed over. Never throws. */
    void pushed(DataDirectory directory, String name, byte[] content, Pushed pushed) {
        if (!(WalFileName.parse(name) instanceof WalFileName.Segment file)) {
            return;
        }
        try {
            SegmentHeader header = SegmentHeader.parse(content);
            Optional<WalSegment> segment = file.segment(header.segmentSizeBytes());
            if (segment.isPresent()) {
                add(
                        entry(directory, segment.get(), content, header, pushed),
                        directory.cluster().systemIdentifier());
            }
        } catch (RecoveryException | IOException | RuntimeException | Error missed) {
            LOG.debug("{} is not in the index yet.", name, missed);
        }
    }

    /** With the rest of its last record, when the server has written that already. */
    private static SegmentEntry entry(
            DataDirectory directory,
            WalSegment segment,
            byte[] content,
            SegmentHeader header,
            Pushed pushed)
            throws RecoveryException, IOException {
        Path following = directory.walFile(segment.next().name());
        WalSource source =
                wanted ->
                        wanted.equals(segment)
                                ? new ByteArrayInputStream(content)
                                : Files.newInputStream(following);
        var indexer = new SegmentIndexer(source, header.systemIdentifier());
        var from = new SegmentEntry.Source(pushed.identity(), pushed.storedBytes());
        if (Files.exists(following)) {
            try {
                return indexer.index(segment, Optional.of(segment.next()), from);
            } catch (RecoveryException | IOException recycled) {
                LOG.debug("{} does not hold the next segment yet.", following, recycled);
            }
        }
        return indexer.index(segment, Optional.empty(), from);
    }

    private synchronized void add(SegmentEntry entry, String systemIdentifier) {
        if (waiting.size() >= MOST_WAITING) {
            return;
        }
        firstAtNanos = waiting.isEmpty() ? System.nanoTime() : firstAtNanos;
        system = systemIdentifier;
        waiting.add(entry);
        notifyAll();
    }

    private void write() {
        try {
            for (List<SegmentEntry> due = next(); !due.isEmpty(); due = next()) {
                flush(due);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until entries are due; none when there is no more to come. */
    private synchronized List<SegmentEntry> next() throws InterruptedException {
        while (!closed && !isDue()) {
            long left = pauseNanos - (System.nanoTime() - firstAtNanos);
            wait(waiting.isEmpty() ? 0 : Math.max(1, left / 1_000_000));
        }
        List<SegmentEntry> due = List.copyOf(waiting);
        waiting.clear();
        return due;
    }

    private boolean isDue() {
        return waiting.size() >= terms.entries()
                || (!waiting.isEmpty() && System.nanoTime() - firstAtNanos >= pauseNanos);
    }

    private void flush(List<SegmentEntry> due) {
        try {
            if (keeper == null) {
                int size = due.getFirst().segment().sizeBytes();
                keeper = new IndexKeeper(places, system, size);
            }
            if (keeper.waiting() < MOST_WAITING) {
                due.forEach(keeper::add);
            }
            keeper.flush(CancelToken.never());
            pauseAfter(keeper.largest());
        } catch (RecoveryException | RuntimeException later) {
            LOG.debug("The index is not in the bucket yet.", later);
        }
    }

    private synchronized void pauseAfter(int rows) {
        pauseNanos = terms.pause(rows).toNanos();
    }

    /** Writes what is left, within a few seconds or not at all. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            writer.join(Duration.ofSeconds(10));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
