package dev.lifeboat.catalog.find;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.Fetched;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalExpectation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Segments in order, each fetched before it is asked for, a few at once. For one thread. */
final class SegmentFeed implements AutoCloseable {
    private static final long BYTES_AHEAD = 64L << 20;
    private static final int MOST_AHEAD = 4;

    private final WalArchive archive;
    private final WalExpectation expected;
    private final Iterator<WalSegment> rest;
    private final int ahead;
    private final CancelToken cancel;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Arriving> arriving = new ArrayDeque<>();

    private record Arriving(WalSegment segment, Future<Fetched> content) {}

    /** A segment and what came of fetching it. */
    record Next(WalSegment segment, Fetched content) {}

    SegmentFeed(
            WalArchive archive,
            WalExpectation expected,
            List<WalSegment> segments,
            CancelToken cancel) {
        this.archive = archive;
        this.expected = expected;
        this.rest = segments.iterator();
        this.cancel = cancel;
        this.ahead =
                segments.isEmpty()
                        ? 1
                        : Math.clamp(BYTES_AHEAD / segments.getFirst().sizeBytes(), 1, MOST_AHEAD);
    }

    boolean hasNext() {
        return !arriving.isEmpty() || rest.hasNext();
    }

    Next next() throws CancelledException {
        while (arriving.size() < ahead && rest.hasNext()) {
            WalSegment segment = rest.next();
            arriving.add(
                    new Arriving(
                            segment,
                            threads.submit(
                                    () ->
                                            archive.fetch(
                                                    WalFileName.parse(segment.name()), expected))));
        }
        cancel.check();
        Arriving first = arriving.remove();
        try (var _ = cancel.onCancel(threads::shutdownNow)) {
            return new Next(first.segment, first.content.get());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof CancelledException stopped) {
                throw stopped;
            }
            throw new IllegalStateException("a segment could not be fetched", failed.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
