package dev.lifeboat.wal.find;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.HeapRecord;
import dev.lifeboat.wal.RelationFile;
import dev.lifeboat.wal.RowPlace;
import dev.lifeboat.wal.RowReader;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalRecord;
import dev.lifeboat.wal.WalVisitor;

import java.util.HashMap;
import java.util.Map;

/** Keeps the name book up to date and what each open transaction did to the catalogs. */
final class CatalogFollower implements WalVisitor {
    private final NameBook book;
    private final RowReader reader;
    private final Map<Integer, CatalogWork> open = new HashMap<>();

    /** Where each row of {@code pg_database} was last overwritten in place. */
    private final Map<RowPlace, Lsn> marks = new HashMap<>();

    CatalogFollower(NameBook book) {
        this.book = book;
        this.reader = new RowReader(book::isCatalog, new Learning());
    }

    @Override
    public void record(WalRecord record) {
        reader.record(record);
    }

    @Override
    public void heap(HeapRecord change) {
        reader.heap(change);
    }

    @Override
    public void event(WalEvent event) {
        switch (event) {
            case WalEvent.DatabaseDropped dropped ->
                    work(dropped.xid()).dropDatabase(dropped.database(), dropped.start());
            case WalEvent.TablesTruncated truncated ->
                    work(truncated.xid()).truncate(truncated.relations());
            case WalEvent.RelationMapUpdated map -> book.move(map.database(), map.files());
            case WalEvent.RunningTransactions running ->
                    open.keySet().removeIf(xid -> xid - running.oldestXid() < 0);
            default -> {}
        }
    }

    /** What a transaction that ends now did, its subtransactions included. */
    CatalogWork end(TransactionRecord end) {
        CatalogWork whole = open.remove(end.xid());
        whole = whole == null ? new CatalogWork() : whole;
        for (int i = 0; i < end.subtransactionCount(); i++) {
            CatalogWork below = open.remove(end.subtransaction(i));
            if (below != null) {
                whole.add(below);
            }
        }
        if (end.kind() == TransactionRecord.Kind.PREPARE) {
            open.put(end.xid(), whole);
        }
        return whole;
    }

    /** Whether no transaction that has not ended yet changed the catalogs. */
    boolean isIdle() {
        return open.isEmpty();
    }

    private CatalogWork work(int xid) {
        return open.computeIfAbsent(xid, _ -> new CatalogWork());
    }

    private final class Learning implements RowReader.Rows {
        @Override
        public void there(RowPlace place, byte[] head) {
            book.see(place, head);
        }

        @Override
        public void inserted(int xid, RowPlace place) {
            book.confirm(place);
            if (book.isClass(place.relation())) {
                work(xid).insert(place, book.rowAt(place));
            }
        }

        @Override
        public void updated(int xid, RowPlace before, RowPlace after, RowReader.Change change) {
            var old = book.rowAt(before);
            book.replace(before, after, change);
            if (book.isClass(after.relation())) {
                work(xid).replace(old, book.rowAt(after));
            }
        }

        @Override
        public void deleted(int xid, RowPlace place) {
            RelationFile relation = place.relation();
            if (book.isClass(relation)) {
                work(xid).delete(place, book.rowAt(place));
            } else if (book.isDatabases(relation) && marks.containsKey(place)) {
                work(xid).markDatabase(marks.get(place));
            }
        }

        @Override
        public void overwritten(long recordStart, RowPlace place) {
            book.confirm(place);
            if (book.isDatabases(place.relation()) && book.isMarkedInvalid(place)) {
                marks.put(place, new Lsn(recordStart));
            }
        }
    }
}
