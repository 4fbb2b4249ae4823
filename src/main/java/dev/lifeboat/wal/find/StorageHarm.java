package dev.lifeboat.wal.find;

import dev.lifeboat.wal.RelationFile;
import dev.lifeboat.wal.TransactionChanges;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells dropped and truncated relations apart from those that were only written anew.
 *
 * <p>A commit names the files that go away, and they go away for many reasons. A dropped relation
 * loses its row of {@code pg_class}. A truncated one keeps it and gets an empty file. VACUUM FULL,
 * CLUSTER, REFRESH and rewriting ALTER TABLE fill the file of a second relation, which is made and
 * dropped in the same transaction, and then exchange the files. REINDEX gives an index a new file,
 * SET TABLESPACE a file elsewhere.
 *
 * <p>Source: {@code src/backend/commands/tablecmds.c}, ExecuteTruncateGuts, ATExecSetTableSpace;
 * {@code cluster.c}, finish_heap_swap; {@code catalog/heap.c}, heap_drop_with_catalog.
 */
final class StorageHarm {
    private static final int TYPES = 1247;

    private final NameBook book;
    private final TransactionChanges changes;
    private final CatalogWork work;
    private final Set<RelationFile> accounted = new HashSet<>();
    private final Set<String> dropped = new LinkedHashSet<>();
    private final Set<String> truncated = new LinkedHashSet<>();
    private long droppedRows = -1;
    private long truncatedRows = -1;

    StorageHarm(NameBook book, TransactionChanges changes, CatalogWork work) {
        this.book = book;
        this.changes = changes;
        this.work = work;
        changes.created().forEach(accounted::add);
        findDropped();
        findTruncated();
        findByFiles();
    }

    List<String> dropped() {
        return List.copyOf(dropped);
    }

    List<String> truncated() {
        return List.copyOf(truncated);
    }

    OptionalLong droppedRows() {
        return droppedRows < 0 ? OptionalLong.empty() : OptionalLong.of(droppedRows);
    }

    OptionalLong truncatedRows() {
        return truncatedRows < 0 ? OptionalLong.empty() : OptionalLong.of(truncatedRows);
    }

    private void findDropped() {
        Set<Long> own = new HashSet<>();
        work.inserted().forEach(made -> own.add(made.oid()));
        List<NamedRelation> gone =
                work.deleted().stream()
                        .filter(relation -> !own.contains(relation.oid()))
                        .filter(relation -> !relation.temporary())
                        .toList();
        gone.forEach(relation -> account(relation.file()));
        boolean more = gone.stream().anyMatch(each -> each.isNamedByPeople() && each.kind() != 'S');
        for (NamedRelation relation : gone) {
            if (relation.isNamedByPeople() && !(more && relation.kind() == 'S')) {
                dropped.add(book.name(database(), relation));
                droppedRows = plus(droppedRows, relation);
            }
        }
    }

    private void findTruncated() {
        Set<Long> filled = new HashSet<>();
        work.inserted().forEach(made -> filled.add(made.file()));
        for (CatalogWork.Replaced each : work.replaced()) {
            NamedRelation before = each.before();
            NamedRelation after = each.after();
            if (before.file() != after.file()) {
                account(before.file());
            }
            if (before.isTable()
                    && !before.temporary()
                    && before.file() != after.file()
                    && before.file() != 0
                    && before.tablespace() == after.tablespace()
                    && isGone(before.file())
                    && !filled.contains(after.file())) {
                truncated.add(book.name(database(), before));
                truncatedRows = plus(truncatedRows, before);
            }
        }
        for (long oid : work.truncated()) {
            book.relation(database(), oid)
                    .filter(NamedRelation::isTable)
                    .ifPresent(relation -> truncated.add(book.name(database(), relation)));
        }
    }

    /** Where rows of {@code pg_class} are not known, the files have to tell. */
    private void findByFiles() {
        boolean drops = work.deletedUnknown() > 0 || droppedTypes();
        boolean truncates =
                work.replacedUnknown() > 0 && work.inserted().isEmpty() && !madeRelations();
        if (!drops && !truncates) {
            return;
        }
        List<RelationFile> files = unaccounted().toList();
        Set<String> found = drops ? dropped : truncated;
        for (RelationFile file : files) {
            book.relation(file)
                    .filter(NamedRelation::isTable)
                    .ifPresent(_ -> found.add(book.name(file)));
        }
        if (found.isEmpty() && (drops ? droppedTypes() : !changes.created().isEmpty())) {
            files.stream()
                    .filter(file -> book.relation(file).isEmpty())
                    .forEach(file -> found.add(book.name(file)));
        }
    }

    private Stream<RelationFile> unaccounted() {
        return changes.dropped().stream().filter(file -> !accounted.contains(file));
    }

    private boolean madeRelations() {
        return changes.relations().stream()
                .anyMatch(rows -> book.isClass(rows.relation()) && rows.inserted() > 0);
    }

    /** A table takes its row type with it, an index has none. */
    private boolean droppedTypes() {
        return changes.relations().stream()
                .anyMatch(
                        rows ->
                                book.catalog(rows.relation()) == TYPES
                                        && rows.deleted() > rows.inserted());
    }

    private boolean isGone(long file) {
        return changes.dropped().stream().anyMatch(each -> each.number() == file);
    }

    private void account(long file) {
        changes.dropped().stream().filter(each -> each.number() == file).forEach(accounted::add);
    }

    private static long plus(long rows, NamedRelation relation) {
        return relation.rows() < 0 ? rows : Math.max(0, rows) + relation.rows();
    }

    private long database() {
        return databaseOf(changes);
    }

    /** The database a transaction worked in; 0 when nothing tells. */
    static long databaseOf(TransactionChanges changes) {
        if (changes.database() != 0) {
            return changes.database();
        }
        return Stream.concat(
                        changes.relations().stream().map(TransactionChanges.Rows::relation),
                        changes.dropped().stream())
                .mapToLong(RelationFile::database)
                .filter(database -> database != 0)
                .findFirst()
                .orElse(0);
    }
}
