package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts up what becomes a {@link SegmentSummary}: the records that start in the segment. */
final class SummaryCollector implements WalVisitor {
    private final WalVisitor inner;
    private final WalSegment segment;
    private final List<WalEvent> events = new ArrayList<>();

    private long records;
    private long firstRecord;
    private long firstPrevious;
    private long lastRecord;
    private long lastEnd;

    private long commits;
    private long aborts;
    private long firstCommit;
    private long lastCommit;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    private int oldestXid;
    private int newestXid;

    SummaryCollector(WalSegment segment, WalVisitor inner) {
        this.segment = segment;
        this.inner = inner;
    }

    @Override
    public void record(WalRecord record) {
        if (records++ == 0) {
            firstRecord = record.start();
            firstPrevious = record.previous();
        }
        lastRecord = record.start();
        lastEnd = record.end();
        int xid = record.xid();
        if (xid != 0) {
            oldestXid = oldestXid == 0 || xid - oldestXid < 0 ? xid : oldestXid;
            newestXid = newestXid == 0 || xid - newestXid > 0 ? xid : newestXid;
        }
        inner.record(record);
    }

    @Override
    public void transaction(TransactionRecord transaction) {
        if (transaction.kind().isCommit()) {
            long time = transaction.timeMicros();
            firstCommit = commits == 0 ? time : firstCommit;
            lastCommit = time;
            earliest = Math.min(earliest, time);
            latest = Math.max(latest, time);
            commits++;
        } else if (transaction.kind().isAbort()) {
            aborts++;
        }
        inner.transaction(transaction);
    }

    @Override
    public void heap(HeapRecord change) {
        inner.heap(change);
    }

    @Override
    public void event(WalEvent event) {
        switch (event) {
            case WalEvent.RunningTransactions _,
                    WalEvent.RelationFileCreated _,
                    WalEvent.RelationFileTruncated _,
                    WalEvent.RelationMapUpdated _,
                    WalEvent.TablesTruncated _ -> {}
            default -> events.add(event);
        }
        inner.event(event);
    }

    SegmentSummary summary(SegmentHeader header, TimelineId timeline, WalEnd end) {
        return new SegmentSummary(
                segment,
                header.version(),
                header.systemIdentifier(),
                timeline,
                records == 0
                        ? Optional.empty()
                        : Optional.of(
                                new SegmentSummary.Records(
                                        records,
                                        new Lsn(firstRecord),
                                        new Lsn(firstPrevious),
                                        new Lsn(lastRecord),
                                        new Lsn(lastEnd))),
                commits == 0
                        ? Optional.empty()
                        : Optional.of(
                                new SegmentSummary.Commits(
                                        commits,
                                        PostgresTime.instant(firstCommit),
                                        PostgresTime.instant(lastCommit),
                                        PostgresTime.instant(earliest),
                                        PostgresTime.instant(latest))),
                aborts,
                oldestXid == 0
                        ? Optional.empty()
                        : Optional.of(new SegmentSummary.Xids(oldestXid, newestXid)),
                events,
                end);
    }
}
