package dev.lifeboat.catalog.windows;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.TimelineHistory;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.index.IndexedWal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the base and the path that a target would be recovered along. */
final class WayFinder {
    private final List<CatalogEntry> bases;
    private final WalHoldings holdings;
    private final TimelineTree tree;
    private final List<Barrier> barriers;
    private final IndexedWal wal;

    /**
     * @param bases usable ones of one cluster
     */
    WayFinder(
            List<CatalogEntry> bases,
            WalHoldings holdings,
            TimelineTree tree,
            List<Barrier> barriers,
            IndexedWal wal) {
        this.bases =
                bases.stream()
                        .sorted(
                                Comparator.comparing((CatalogEntry base) -> facts(base).stopTime())
                                        .reversed())
                        .toList();
        this.holdings = holdings;
        this.tree = tree;
        this.barriers = barriers;
        this.wal = wal;
    }

    /**
     * A base and what is to be replayed on it.
     *
     * @param end where replay ends at the latest
     */
    record Way(CatalogEntry base, TimelinePath path, WalChain run, Lsn end, IndexedChain chain) {
        Lsn stop() {
            return facts(base).stopLsn();
        }
    }

    static BaseFacts facts(CatalogEntry base) {
        return base.facts().base().orElseThrow();
    }

    /**
     * The newest base that a condition holds for and that leads to the timeline wanted. Without a
     * wish those come first that lead to the newest timeline.
     */
    Optional<Way> find(Optional<TimelineId> wanted, Predicate<CatalogEntry> condition) {
        TimelineId newest = tree.timelines().last();
        Optional<Way> other = Optional.empty();
        for (CatalogEntry base : bases) {
            Optional<Way> way = condition.test(base) ? from(base, wanted) : Optional.empty();
            if (way.isPresent()
                    && (wanted.isPresent() || way.get().path().target().equals(newest))) {
                return way;
            }
            other = other.isPresent() ? other : way;
        }
        return other;
    }

    /** The way from a base to the timeline wanted; empty when none leads there. */
    private Optional<Way> from(CatalogEntry base, Optional<TimelineId> wanted) {
        BaseFacts facts = facts(base);
        var start = new TimelineId(Integer.toUnsignedLong(facts.timeline()));
        List<TimelineId> candidates =
                wanted.map(List::of).orElseGet(() -> List.copyOf(tree.timelines().reversed()));
        return candidates.stream()
                .flatMap(timeline -> tree.history(timeline).stream())
                .map(TimelineHistory::path)
                .filter(path -> path.canStartAt(start, facts.stopLsn()))
                .findFirst()
                .map(path -> along(path, base));
    }

    private Way along(TimelinePath path, CatalogEntry base) {
        Lsn start = facts(base).startLsn();
        WalChain run = WalChain.along(path, start, holdings);
        Lsn end = WindowSolver.end(path, start, run.end(start), barriers);
        return new Way(base, path, run, end, new IndexedChain(wal.index(), run.runs()));
    }
}
