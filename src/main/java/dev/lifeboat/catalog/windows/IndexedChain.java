package dev.lifeboat.catalog.windows;

import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.IndexedCommit;
import dev.lifeboat.wal.index.SegmentEntry;
import dev.lifeboat.wal.index.WalIndex;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The segments of one chain, asked about as one by the index. Immutable. */
final class IndexedChain {
    private final WalIndex index;
    private final List<WalRun> runs;

    IndexedChain(WalIndex index, List<WalRun> runs) {
        this.index = index;
        this.runs = List.copyOf(runs);
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    long segments() {
        return runs.stream().mapToLong(WalRun::segments).sum();
    }

    /** How many of them the index does not know. */
    long unread() {
        return segments() - runs.stream().mapToLong(index::count).sum();
    }

    long commits() {
        return runs.stream().mapToLong(index::commits).sum();
    }

    long storedBytes() {
        return runs.stream().mapToLong(index::storedBytes).sum();
    }

    Optional<SegmentEntry> firstBeyond(Instant time) {
        return runs.stream()
                .map(run -> index.firstBeyond(run, time))
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(index::entry);
    }

    Optional<IndexedCommit> lastCommit() {
        return last(index::lastWithCommits)
                .flatMap(SegmentEntry::ended)
                .flatMap(SegmentEntry.Ended::lastCommit);
    }

    /** When the last commit or abort of all was, in the order of the log. */
    Optional<Instant> lastEnd() {
        return last(index::lastWithEnds).flatMap(SegmentEntry::ended).map(SegmentEntry.Ended::last);
    }

    private Optional<SegmentEntry> last(Function<WalRun, Optional<WalSegment>> search) {
        return runs.reversed().stream()
                .map(search)
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(index::entry);
    }

    /** The segment of the chain with this number. */
    Optional<WalSegment> segment(long number) {
        return runs.stream()
                .filter(r -> r.first().number() <= number && number <= r.last().number())
                .map(run -> new WalSegment(run.first().timeline(), number, run.first().sizeBytes()))
                .findFirst();
    }

    /** What lies before a segment. */
    IndexedChain before(long number) {
        return part(Long.MIN_VALUE, number - 1);
    }

    /** What lies behind a segment. */
    IndexedChain behind(long number) {
        return part(number + 1, Long.MAX_VALUE);
    }

    private IndexedChain part(long first, long last) {
        List<WalRun> parts = new ArrayList<>();
        for (WalRun run : runs) {
            long from = Math.max(first, run.first().number());
            long to = Math.min(last, run.last().number());
            if (from <= to) {
                int size = run.first().sizeBytes();
                parts.add(
                        new WalRun(
                                new WalSegment(run.first().timeline(), from, size),
                                new WalSegment(run.first().timeline(), to, size)));
            }
        }
        return new IndexedChain(index, parts);
    }
}
