package dev.lifeboat.wal;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Summarizes segments, each by itself, so that many can be read at once. Of the segment that
 * follows only as much is read as the last record needs. Safe for use by many threads.
 */
public final class SegmentScanner {
    private final WalSource source;
    private final OptionalLong systemIdentifier;

    /**
     * @param systemIdentifier the cluster whose segments are taken; empty for any
     */
    public SegmentScanner(WalSource source, OptionalLong systemIdentifier) {
        this.source = source;
        this.systemIdentifier = systemIdentifier;
    }

    /**
     * Summarizes one segment.
     *
     * @param next the segment that holds the rest of its last record; empty when there is none yet,
     *     and then a record that is cut by the segment's end counts as open
     * @param visitor is told of the same records
     * @throws RecoveryException as {@link WalReader#read}, and when the segment holds nothing from
     *     which its cluster could be told ({@link dev.lifeboat.kernel.ProblemCode#WAL_DAMAGED})
     */
    public SegmentSummary summarize(
            WalSegment segment, Optional<WalSegment> next, WalVisitor visitor)
            throws IOException, RecoveryException {
        var collector = new SummaryCollector(segment, visitor);
        var reader = new WalReader(collector, systemIdentifier);
        WalEnd end;
        try (InputStream content = source.open(segment)) {
            end = reader.read(segment, content);
        }
        SegmentHeader header = reader.header().orElse(null);
        if (header == null) {
            throw new RecoveryException(end.problem());
        }
        TimelineId timeline = reader.timeline();
        if (end.isComplete() && end.openRecord().isPresent() && next.isPresent()) {
            try (InputStream content = source.open(next.get())) {
                end = reader.complete(next.get(), content);
            }
        }
        return collector.summary(header, timeline, end);
    }

    /** As above, for whoever wants the summary alone. */
    public SegmentSummary summarize(WalSegment segment, Optional<WalSegment> next)
            throws IOException, RecoveryException {
        return summarize(segment, next, new WalVisitor() {});
    }

    /**
     * Summarizes segments that follow one another, several at a time.
     *
     * @param segments in the order of the log
     * @return one summary for each, in that order
     * @throws RecoveryException when one of them cannot be summarized, or when cancelled
     */
    public List<SegmentSummary> summarizeAll(
            List<WalSegment> segments, ExecutorService executor, CancelToken cancel)
            throws IOException, RecoveryException, CancelledException {
        var work = new ArrayList<Callable<SegmentSummary>>();
        for (int i = 0; i < segments.size(); i++) {
            WalSegment segment = segments.get(i);
            Optional<WalSegment> next =
                    i + 1 < segments.size() ? Optional.of(segments.get(i + 1)) : Optional.empty();
            work.add(
                    () -> {
                        cancel.check();
                        return summarize(segment, next);
                    });
        }
        try {
            var summaries = new ArrayList<SegmentSummary>();
            for (Future<SegmentSummary> future : executor.invokeAll(work)) {
                summaries.add(future.get());
            }
            return summaries;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException failed) {
            throw cause(failed);
        }
    }

    private static RecoveryException cause(ExecutionException failed)
            throws IOException, CancelledException {
        return switch (failed.getCause()) {
            case CancelledException cancelled -> throw cancelled;
            case RecoveryException problem -> problem;
            case IOException unreadable -> throw unreadable;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(failed);
        };
    }
}
