package dev.lifeboat.wal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The changes of a (sub)transaction that has not ended yet. */
final class OpenTransaction {
    private long firstRecord;
    private final Map<RelationFile, RowCounts> relations = new LinkedHashMap<>(4);
    private final List<RelationFile> created = new ArrayList<>(0);
    private RowCounts last;
    private boolean prepared;

    OpenTransaction(long firstRecord) {
        this.firstRecord = firstRecord;
    }

    /** Rows of one relation. */
    private static final class RowCounts {
        private final RelationFile relation;
        private long inserted;
        private long updated;
        private long deleted;

        RowCounts(RelationFile relation) {
            this.relation = relation;
        }

        boolean isOf(WalRecord record) {
            return relation.number() == (record.relationNumber(0) & 0xFFFFFFFFL)
                    && relation.database() == (record.database(0) & 0xFFFFFFFFL)
                    && relation.tablespace() == (record.tablespace(0) & 0xFFFFFFFFL);
        }

        void add(RowCounts other) {
            inserted += other.inserted;
            updated += other.updated;
            deleted += other.deleted;
        }
    }

    void count(HeapRecord change) {
        if (last == null || !last.isOf(change.record())) {
            last = relations.computeIfAbsent(change.relation(), RowCounts::new);
        }
        switch (change.kind()) {
            case INSERT, MULTI_INSERT -> last.inserted += change.rows();
            case UPDATE, HOT_UPDATE -> last.updated++;
            case DELETE -> {
                if (change.isTakenBackInsert()) {
                    last.inserted--;
                } else {
                    last.deleted++;
                }
            }
            case INPLACE -> {}
        }
    }

    void create(RelationFile file) {
        created.add(file);
    }

    void prepare() {
        prepared = true;
    }

    boolean isPrepared() {
        return prepared;
    }

    long firstRecord() {
        return firstRecord;
    }

    List<RelationFile> created() {
        return created;
    }

    boolean isDefining() {
        return !created.isEmpty()
                || relations.keySet().stream()
                        .anyMatch(file -> SystemTables.defines((int) file.number()));
    }

    boolean isChangingRows() {
        return relations.values().stream().anyMatch(rows -> rows.updated + rows.deleted > 0);
    }

    /** Takes in a subtransaction. */
    void add(OpenTransaction below) {
        below.relations.forEach(
                (file, counts) -> relations.computeIfAbsent(file, RowCounts::new).add(counts));
        created.addAll(below.created);
        if (Long.compareUnsigned(below.firstRecord, firstRecord) < 0) {
            firstRecord = below.firstRecord;
        }
    }

    List<TransactionChanges.Rows> rows() {
        return relations.values().stream()
                .map(c -> new TransactionChanges.Rows(c.relation, c.inserted, c.updated, c.deleted))
                .toList();
    }
}
