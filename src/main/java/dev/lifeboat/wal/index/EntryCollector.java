package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.HeapRecord;
import dev.lifeboat.wal.PostgresTime;
import dev.lifeboat.wal.RelationFile;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalVisitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what an entry tells beyond a segment's summary. For one segment and one thread. */
final class EntryCollector implements WalVisitor {
    private static final long MICROS = 1_000_000L;

    private final List<EndedSecond> seconds = new ArrayList<>();
    private final List<IndexNote> notes = new ArrayList<>();
    private final Map<Integer, Files> created = new LinkedHashMap<>();
    private final Map<Changed, Rows> rows = new HashMap<>();
    private Rows lastRows;

    private boolean any;
    private long second;
    private long commits;
    private long aborts;
    private long earliest;
    private long latest;
    private IndexedCommit lastInSecond;
    private long allCommits;
    private long allAborts;
    private long allEarliest = Long.MAX_VALUE;
    private long allLatest = Long.MIN_VALUE;
    private long lastTime;
    private IndexedCommit first;
    private IndexedCommit last;

    /** Who changed what. */
    private record Changed(int xid, RelationFile relation) {}

    private static final class Rows {
        private final Changed changed;
        private final long at;
        private long inserted;
        private long updated;
        private long deleted;

        Rows(Changed changed, long at) {
            this.changed = changed;
            this.at = at;
        }

        boolean isOf(HeapRecord change) {
            RelationFile relation = changed.relation;
            return changed.xid == change.xid()
                    && relation.number() == (change.record().relationNumber(0) & 0xFFFFFFFFL)
                    && relation.database() == (change.record().database(0) & 0xFFFFFFFFL)
                    && relation.tablespace() == (change.record().tablespace(0) & 0xFFFFFFFFL);
        }

        boolean areMany() {
            return updated + deleted >= IndexNote.NOTED_ROWS;
        }
    }

    private static final class Files {
        private final Lsn at;
        private long count;
        private final List<RelationFile> first = new ArrayList<>();

        Files(Lsn at) {
            this.at = at;
        }

        void add(RelationFile file) {
            if (count++ < IndexNote.MOST_FILES) {
                first.add(file);
            }
        }
    }

    @Override
    public void transaction(TransactionRecord transaction) {
        TransactionRecord.Kind kind = transaction.kind();
        if (!kind.isCommit() && !kind.isAbort()) {
            return;
        }
        long time = transaction.timeMicros();
        if (!any || Math.floorDiv(time, MICROS) != second) {
            closeSecond();
            openSecond(time);
        }
        earliest = Math.min(earliest, time);
        latest = Math.max(latest, time);
        allEarliest = Math.min(allEarliest, time);
        allLatest = Math.max(allLatest, time);
        lastTime = time;
        if (kind.isAbort()) {
            aborts++;
            allAborts++;
            return;
        }
        commits++;
        allCommits++;
        last =
                new IndexedCommit(
                        transaction.xid(),
                        PostgresTime.instant(time),
                        new Lsn(transaction.record().start()));
        lastInSecond = last;
        first = first == null ? last : first;
        if (transaction.droppedCount() > 0) {
            notes.add(dropped(transaction));
        }
    }

    private void openSecond(long time) {
        any = true;
        second = Math.floorDiv(time, MICROS);
        commits = 0;
        aborts = 0;
        earliest = time;
        latest = time;
        lastInSecond = null;
    }

    private void closeSecond() {
        if (any) {
            Instant from = PostgresTime.instant(earliest);
            seconds.add(
                    new EndedSecond(
                            from.getEpochSecond(),
                            commits,
                            aborts,
                            from,
                            PostgresTime.instant(latest),
                            Optional.ofNullable(lastInSecond)));
        }
        any = false;
    }

    private static IndexNote dropped(TransactionRecord commit) {
        List<RelationFile> files = new ArrayList<>();
        for (int i = 0; i < Math.min(commit.droppedCount(), IndexNote.MOST_FILES); i++) {
            files.add(commit.dropped(i));
        }
        return new IndexNote.FilesDropped(
                new Lsn(commit.record().start()),
                new Lsn(commit.record().end()),
                commit.xid(),
                commit.time(),
                commit.database() & 0xFFFFFFFFL,
                commit.droppedCount(),
                files);
    }

    @Override
    public void heap(HeapRecord change) {
        if (change.xid() == 0 || change.kind() == HeapRecord.Kind.INPLACE) {
            return;
        }
        if (lastRows == null || !lastRows.isOf(change)) {
            lastRows =
                    rows.computeIfAbsent(
                            new Changed(change.xid(), change.relation()),
                            changed -> new Rows(changed, change.record().start()));
        }
        switch (change.kind()) {
            case INSERT, MULTI_INSERT -> lastRows.inserted += change.rows();
            case UPDATE, HOT_UPDATE -> lastRows.updated++;
            case DELETE -> {
                if (change.isTakenBackInsert()) {
                    lastRows.inserted--;
                } else {
                    lastRows.deleted++;
                }
            }
            case INPLACE -> {}
        }
    }

    @Override
    public void event(WalEvent event) {
        switch (event) {
            case WalEvent.RelationFileCreated file when file.xid() != 0 && file.fork() == 0 ->
                    created.computeIfAbsent(file.xid(), _ -> new Files(file.start()))
                            .add(file.file());
            case WalEvent.Checkpoint _,
                    WalEvent.Switch _,
                    WalEvent.FullPageWritesChange _,
                    WalEvent.RunningTransactions _,
                    WalEvent.RelationFileCreated _,
                    WalEvent.RelationFileTruncated _ -> {}
            default -> notes.add(new IndexNote.Event(event));
        }
    }

    /** Call once, when the segment was read. */
    List<EndedSecond> seconds() {
        closeSecond();
        return seconds;
    }

    Optional<SegmentEntry.Ended> ended() {
        return allCommits + allAborts == 0
                ? Optional.empty()
                : Optional.of(
                        new SegmentEntry.Ended(
                                allCommits,
                                allAborts,
                                Optional.ofNullable(first),
                                Optional.ofNullable(last),
                                PostgresTime.instant(allEarliest),
                                PostgresTime.instant(allLatest),
                                PostgresTime.instant(lastTime)));
    }

    /** In the order of the log. */
    List<IndexNote> notes() {
        List<IndexNote> all = new ArrayList<>(notes);
        created.forEach(
                (xid, files) ->
                        all.add(
                                new IndexNote.FilesCreated(
                                        files.at, xid, files.count, files.first)));
        rows.values().stream()
                .filter(Rows::areMany)
                .map(
                        r ->
                                new IndexNote.RowsChanged(
                                        new Lsn(r.at),
                                        r.changed.xid,
                                        r.changed.relation,
                                        r.inserted,
                                        r.updated,
                                        r.deleted))
                .forEach(all::add);
        all.sort(Comparator.comparing(IndexNote::at));
        return all;
    }
}
