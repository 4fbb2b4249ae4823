package dev.lifeboat.wal.find;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.RowPlace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one (sub)transaction did to {@code pg_class} and {@code pg_database}, and which databases it
 * took away.
 */
final class CatalogWork {
    private final List<NamedRelation> inserted = new ArrayList<>(0);
    private final List<Replaced> replaced = new ArrayList<>(0);
    private final List<NamedRelation> deleted = new ArrayList<>(0);
    private final List<DroppedDatabase> databases = new ArrayList<>(0);
    private final List<Long> truncated = new ArrayList<>(0);
    private final Set<RowPlace> insertedAt = new HashSet<>(0);
    private Lsn databaseMarked;
    private int insertedUnknown;
    private int deletedUnknown;
    private int replacedUnknown;

    /** A new version of a row of {@code pg_class}. */
    record Replaced(NamedRelation before, NamedRelation after) {}

    /** A database's files went away at that record. */
    record DroppedDatabase(long database, Lsn at) {}

    void insert(RowPlace place, Optional<NamedRelation> relation) {
        insertedAt.add(place);
        relation.ifPresentOrElse(inserted::add, () -> insertedUnknown++);
    }

    void replace(Optional<NamedRelation> before, Optional<NamedRelation> after) {
        if (before.isPresent() && after.isPresent()) {
            replaced.add(new Replaced(before.get(), after.get()));
        } else {
            replacedUnknown++;
        }
    }

    void delete(RowPlace place, Optional<NamedRelation> relation) {
        if (relation.isPresent()) {
            deleted.add(relation.get());
        } else if (!insertedAt.contains(place)) {
            deletedUnknown++;
        }
    }

    /** Before it deleted the row of a database, it marked it in place: there. */
    void markDatabase(Lsn at) {
        databaseMarked = at;
    }

    void dropDatabase(long database, Lsn at) {
        databases.add(new DroppedDatabase(database, at));
    }

    void truncate(List<Long> relations) {
        truncated.addAll(relations);
    }

    /** Takes in a subtransaction. */
    void add(CatalogWork below) {
        inserted.addAll(below.inserted);
        replaced.addAll(below.replaced);
        deleted.addAll(below.deleted);
        databases.addAll(below.databases);
        truncated.addAll(below.truncated);
        insertedAt.addAll(below.insertedAt);
        insertedUnknown += below.insertedUnknown;
        deletedUnknown += below.deletedUnknown;
        replacedUnknown += below.replacedUnknown;
        databaseMarked = databaseMarked == null ? below.databaseMarked : databaseMarked;
    }

    List<NamedRelation> inserted() {
        return inserted;
    }

    List<Replaced> replaced() {
        return replaced;
    }

    List<NamedRelation> deleted() {
        return deleted;
    }

    List<DroppedDatabase> databases() {
        return databases;
    }

    /** OIDs, from the extra record of {@code wal_level = logical}. */
    List<Long> truncated() {
        return truncated;
    }

    Optional<Lsn> databaseMarked() {
        return Optional.ofNullable(databaseMarked);
    }

    /** Rows it deleted whose content is not known. */
    int deletedUnknown() {
        return deletedUnknown;
    }

    /** Rows it replaced of which one version is not known. */
    int replacedUnknown() {
        return replacedUnknown;
    }

    /** Whether every relation it made or dropped belongs to one session alone. */
    boolean isTemporaryOnly() {
        boolean some = !inserted.isEmpty() || !deleted.isEmpty();
        return some
                && insertedUnknown == 0
                && deletedUnknown == 0
                && inserted.stream().allMatch(CatalogWork::isOfSession)
                && deleted.stream().allMatch(CatalogWork::isOfSession);
    }

    private static boolean isOfSession(NamedRelation relation) {
        boolean internal = !relation.isNamedByPeople() && relation.kind() != 'i';
        return relation.temporary() || internal;
    }
}
