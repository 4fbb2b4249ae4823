package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelinePath;
import dev.lifeboat.wal.TimelineTree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds every position that can be recovered to. A position of a timeline counts when some base and
 * some path of timelines through it lead there over segments that are all to be had.
 */
final class WindowSolver {
    private final TimelineTree tree;
    private final WalHoldings holdings;
    private final List<Barrier> barriers;

    WindowSolver(TimelineTree tree, WalHoldings holdings, List<Barrier> barriers) {
        this.tree = tree;
        this.holdings = holdings;
        this.barriers = barriers;
    }

    /** Ordered by timeline and position; windows of one timeline touch only where one is left. */
    List<Window> solve(List<BasePoint> bases) throws RecoveryException {
        List<Piece> pieces = new ArrayList<>();
        for (TimelineId timeline : tree.timelines()) {
            TimelinePath path = tree.pathTo(timeline);
            for (BasePoint base : bases) {
                if (path.canStartAt(base.timeline(), base.stop())) {
                    pieces.addAll(along(path, base));
                }
            }
        }
        return merge(pieces);
    }

    private record Piece(TimelineId timeline, Lsn from, Lsn to, boolean abandoned, BasePoint base) {
        static final Comparator<Piece> ORDER =
                Comparator.comparing(Piece::timeline)
                        .thenComparing(Piece::from)
                        .thenComparing(Piece::to)
                        .thenComparing(piece -> piece.base.stop())
                        .thenComparing(piece -> piece.base.id());
    }

    private List<Piece> along(TimelinePath path, BasePoint base) throws RecoveryException {
        WalChain run = WalChain.along(path, base.start(), holdings);
        Lsn end = end(path, base.start(), run.end(base.start()), barriers);
        if (!run.reaches(base.stop()) || end.isBefore(base.stop())) {
            return List.of();
        }
        List<Piece> pieces = new ArrayList<>();
        for (TimelinePath.Span span : path.spans()) {
            Lsn from = max(span.from(), base.stop());
            Lsn to = span.until().map(until -> min(until, end)).orElse(end);
            boolean onlyTheStop = from.equals(end) && span.timeline().equals(base.timeline());
            if (from.isBefore(to) || onlyTheStop) {
                pieces.addAll(split(span.timeline(), from, to, base));
            }
        }
        return pieces;
    }

    /** Where replay along a path ends: at the end of the chain, or at what stops it before. */
    static Lsn end(TimelinePath path, Lsn start, Lsn endOfChain, List<Barrier> barriers) {
        return barriers.stream()
                .filter(barrier -> barrier.isOn(path))
                .map(Barrier::at)
                .filter(at -> !at.isBefore(start) && at.isBefore(endOfChain))
                .min(Comparator.naturalOrder())
                .orElse(endOfChain);
    }

    /** Parts what the newest timeline came by from what it left behind. */
    private List<Piece> split(TimelineId timeline, Lsn from, Lsn to, BasePoint base)
            throws RecoveryException {
        Optional<Lsn> fork = leftAt(timeline);
        if (fork.isEmpty() || !to.isAfter(fork.get())) {
            return List.of(new Piece(timeline, from, to, false, base));
        }
        if (!from.isBefore(fork.get())) {
            return List.of(new Piece(timeline, from, to, true, base));
        }
        return List.of(
                new Piece(timeline, from, fork.get(), false, base),
                new Piece(timeline, fork.get(), to, true, base));
    }

    /** Where the way to the newest timeline leaves this one; empty when it never does. */
    private Optional<Lsn> leftAt(TimelineId timeline) throws RecoveryException {
        TimelinePath live = tree.pathTo(tree.timelines().last());
        for (TimelinePath.Span span : live.spans()) {
            if (span.timeline().equals(timeline)) {
                return span.until();
            }
        }
        return Optional.of(Lsn.ZERO);
    }

    private static List<Window> merge(List<Piece> pieces) {
        List<Window> windows = new ArrayList<>();
        Set<String> bases = new LinkedHashSet<>();
        Piece open = null;
        for (Piece piece : pieces.stream().sorted(Piece.ORDER).toList()) {
            if (open != null && continues(open, piece)) {
                open =
                        new Piece(
                                open.timeline,
                                open.from,
                                max(open.to, piece.to),
                                open.abandoned,
                                open.base);
            } else {
                close(open, bases, windows);
                open = piece;
                bases.clear();
            }
            bases.add(piece.base.id());
        }
        close(open, bases, windows);
        return windows;
    }

    private static boolean continues(Piece open, Piece next) {
        return open.timeline.equals(next.timeline)
                && open.abandoned == next.abandoned
                && !next.from.isAfter(open.to);
    }

    private static void close(Piece open, Set<String> bases, List<Window> windows) {
        if (open != null) {
            windows.add(
                    new Window(
                            open.timeline, open.from, open.to, List.copyOf(bases), open.abandoned));
        }
    }

    private static Lsn max(Lsn a, Lsn b) {
        return a.isAfter(b) ? a : b;
    }

    private static Lsn min(Lsn a, Lsn b) {
        return a.isBefore(b) ? a : b;
    }
}
