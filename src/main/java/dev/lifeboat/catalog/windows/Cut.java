package dev.lifeboat.catalog.windows;

import dev.lifeboat.catalog.windows.TargetAnswer.Count;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.index.EndedSecond;
import dev.lifeboat.wal.index.IndexedCommit;
import dev.lifeboat.wal.index.SegmentEntry;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a target cuts the segment it lies in: which of the transactions that end there are in.
 *
 * @param included how many commits of the segment
 * @param last the last of them; empty when none is
 * @param atLeast whether {@code last} is only the last one known to be in
 * @param reach how far replay has to come: at most up to here
 */
record Cut(Count included, Optional<IndexedCommit> last, boolean atLeast, Lsn reach) {
    /**
     * At a time, as far as the index tells: recovery stops before the first commit or abort later
     * than {@code limit}.
     */
    static Cut at(SegmentEntry entry, Instant limit) {
        long commits = 0;
        Optional<IndexedCommit> last = Optional.empty();
        for (EndedSecond second : entry.seconds()) {
            if (second.latest().isAfter(limit)) {
                boolean clean = second.earliest().isAfter(limit) || second.commits() == 0;
                long most = clean ? commits : commits + second.commits();
                Lsn reach = second.lastCommit().map(IndexedCommit::lsn).orElse(entry.end());
                return new Cut(new Count(commits, most), last, !clean, reach);
            }
            commits += second.commits();
            last = second.lastCommit().isPresent() ? second.lastCommit() : last;
        }
        return new Cut(new Count(commits, commits), last, false, entry.end());
    }

    /** Before a position, as far as the index tells. */
    static Cut at(SegmentEntry entry, Lsn limit) {
        long commits = 0;
        Optional<IndexedCommit> last = Optional.empty();
        for (EndedSecond second : entry.seconds()) {
            if (second.lastCommit().isEmpty()) {
                continue;
            }
            if (!second.lastCommit().get().lsn().isBefore(limit)) {
                boolean clean = second.commits() == 1;
                long most = clean ? commits : commits + second.commits() - 1;
                return new Cut(new Count(commits, most), last, !clean, limit);
            }
            commits += second.commits();
            last = second.lastCommit();
        }
        return new Cut(new Count(commits, commits), last, false, limit);
    }

    /** Before the entry with this index, of all that end in the segment. */
    static Cut at(TransactionLog endings, int index) {
        long commits = 0;
        Optional<IndexedCommit> last = Optional.empty();
        for (int i = 0; i < index; i++) {
            if (!endings.isAbort(i)) {
                commits++;
                last =
                        Optional.of(
                                new IndexedCommit(
                                        endings.xid(i), endings.time(i), endings.start(i)));
            }
        }
        Lsn reach =
                endings.size() == 0 ? Lsn.ZERO : endings.start(Math.min(index, endings.size() - 1));
        return new Cut(new Count(commits, commits), last, false, reach);
    }
}
