package dev.lifeboat.wal.find;

import dev.lifeboat.wal.RelationFile;
import dev.lifeboat.wal.RowPlace;
import dev.lifeboat.wal.RowReader;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of databases, schemas and relations, as far as they are known. It begins with what a server
 * told and learns from rows of the catalogs in the log. Nothing is forgotten when it is dropped:
 * that is when its name is asked for. For one thread.
 *
 * <p>A row that a transaction wrote counts from when it was written, not from its commit: file
 * numbers are used once, so that an aborted one names nothing wrongly.
 */
public final class NameBook {
    private static final int CLASS = 1259;
    private static final int NAMESPACE = 2615;
    private static final int DATABASE = 1262;
    private static final int FIRST_USER_OID = 16384;

    /** Source: {@code pg_database.h}, DATCONNLIMIT_INVALID_DB. */
    private static final int INVALID_DATABASE = -2;

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,10})/(\\d{1,10})");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");

    private final CatalogLayout layout;
    private final Map<RowPlace, byte[]> heads = new HashMap<>();
    private final Map<Long, String> databases = new HashMap<>();
    private final Map<Key, String> schemas = new HashMap<>();
    private final Map<Key, NamedRelation> byFile = new HashMap<>();
    private final Map<Key, NamedRelation> byOid = new HashMap<>();
    private final Map<Key, Long> movedCatalogs = new HashMap<>();

    /** A number within a database. */
    private record Key(long database, long number) {}

    /** A book without names, for the log of that major version. */
    public NameBook(int major) {
        layout = new CatalogLayout(major);
    }

    /** Enters what a server told at some time; what is known already stays. */
    public void enter(CatalogNames names) {
        for (CatalogNames.DatabaseNames database : names.databases()) {
            long oid = database.oid();
            databases.putIfAbsent(oid, database.name());
            database.schemas().forEach((id, name) -> schemas.putIfAbsent(new Key(oid, id), name));
            database.relations().forEach(each -> enter(oid, each.relation(), false));
        }
    }

    /**
     * Enters what a server told at the position that has just been read: rows lie where it says.
     * What is known already is older.
     */
    void enterInPlace(CatalogNames names) {
        for (CatalogNames.DatabaseNames database : names.databases()) {
            long oid = database.oid();
            databases.put(oid, database.name());
            database.schemas().forEach((id, name) -> schemas.put(new Key(oid, id), name));
            database.movedCatalogs()
                    .forEach((file, catalog) -> movedCatalogs.put(new Key(oid, file), catalog));
            var file = new RelationFile(0, oid, fileOfClass(database));
            for (CatalogNames.PlacedRelation each : database.relations()) {
                enter(oid, each.relation(), true);
                heads.put(
                        new RowPlace(file, each.block(), each.offset()),
                        layout.head(each.relation()));
            }
        }
    }

    private static long fileOfClass(CatalogNames.DatabaseNames database) {
        return database.movedCatalogs().entrySet().stream()
                .filter(moved -> moved.getValue() == CLASS)
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(CLASS);
    }

    /** System tables got new files. */
    void move(long database, Map<Long, Long> fileOfCatalog) {
        fileOfCatalog.forEach(
                (catalog, file) -> movedCatalogs.put(new Key(database, file), catalog));
    }

    /** Whether some system table has another file than at first. */
    boolean hasMovedCatalogs() {
        return !movedCatalogs.isEmpty();
    }

    private void enter(long database, NamedRelation relation, boolean newer) {
        if (relation.oid() < FIRST_USER_OID) {
            if (relation.file() >= FIRST_USER_OID) {
                movedCatalogs.put(new Key(database, relation.file()), relation.oid());
            }
            return;
        }
        if (relation.temporary()) {
            return;
        }
        enter(byOid, new Key(database, relation.oid()), relation, newer);
        if (relation.file() != 0) {
            enter(byFile, new Key(database, relation.file()), relation, newer);
        }
    }

    /** Whether rows of this relation name something. */
    boolean isCatalog(int database, int number) {
        return switch (number) {
            case CLASS, NAMESPACE -> true;
            case DATABASE -> database == 0;
            default ->
                    Integer.compareUnsigned(number, FIRST_USER_OID) >= 0
                            && !movedCatalogs.isEmpty()
                            && isNaming(moved(database & 0xFFFFFFFFL, number & 0xFFFFFFFFL));
        };
    }

    private static boolean isNaming(long catalog) {
        return catalog == CLASS || catalog == NAMESPACE || catalog == DATABASE;
    }

    /** The OID of the system table whose file it is; 0 when it is none's. */
    long catalog(RelationFile file) {
        return file.number() < FIRST_USER_OID
                ? file.number()
                : moved(file.database(), file.number());
    }

    private long moved(long database, long number) {
        return movedCatalogs.getOrDefault(new Key(database, number), 0L);
    }

    /** Whether it is a database's {@code pg_class}. */
    boolean isClass(RelationFile file) {
        return catalog(file) == CLASS;
    }

    /** Whether the row of a database there says that its dropping has begun. */
    boolean isMarkedInvalid(RowPlace place) {
        byte[] head = heads.get(anywhere(place));
        return head == null || CatalogLayout.connectionLimit(head) == INVALID_DATABASE;
    }

    /** Whether it is {@code pg_database}. */
    boolean isDatabases(RelationFile file) {
        return file.database() == 0 && catalog(file) == DATABASE;
    }

    /** A row of a catalog lies there; it may be an old version that counts no more. */
    void see(RowPlace place, byte[] head) {
        heads.put(anywhere(place), head);
        learn(place, head, false);
    }

    /** The row that lies there counts from now on. */
    void confirm(RowPlace place) {
        byte[] head = heads.get(anywhere(place));
        if (head != null) {
            learn(place, head, true);
        }
    }

    /** A new version took the place of a row. */
    void replace(RowPlace before, RowPlace after, RowReader.Change change) {
        byte[] head = change.onto(heads.get(anywhere(before)));
        if (head != null) {
            heads.put(anywhere(after), head);
        } else if (change.isKnown()) {
            heads.remove(anywhere(after));
        }
        confirm(after);
    }

    private void learn(RowPlace place, byte[] head, boolean newer) {
        long database = place.relation().database();
        if (isDatabases(place.relation())) {
            enter(databases, CatalogLayout.oid(head), CatalogLayout.name(head), newer);
        } else if (catalog(place.relation()) == NAMESPACE) {
            Key key = new Key(database, CatalogLayout.oid(head));
            enter(schemas, key, CatalogLayout.name(head), newer);
        } else if (isClass(place.relation())) {
            enter(database, layout.relation(head), newer);
        }
    }

    private static <K, V> void enter(Map<K, V> names, K key, V value, boolean newer) {
        if (newer) {
            names.put(key, value);
        } else {
            names.putIfAbsent(key, value);
        }
    }

    /** The row of {@code pg_class} there; empty when it is not known. */
    Optional<NamedRelation> rowAt(RowPlace place) {
        return Optional.ofNullable(heads.get(anywhere(place))).map(layout::relation);
    }

    /** The tablespace says nothing within a database. */
    private static RowPlace anywhere(RowPlace place) {
        RelationFile file = place.relation();
        return file.tablespace() == 0
                ? place
                : new RowPlace(
                        new RelationFile(0, file.database(), file.number()),
                        place.block(),
                        place.offset());
    }

    Optional<NamedRelation> relation(RelationFile file) {
        return Optional.ofNullable(byFile.get(new Key(file.database(), file.number())));
    }

    /** The relation with that OID of {@code pg_class}. */
    Optional<NamedRelation> relation(long database, long oid) {
        return Optional.ofNullable(byOid.get(new Key(database, oid)));
    }

    /** The name, or the number where there is none. */
    String database(long oid) {
        return databases.getOrDefault(oid, Long.toString(oid));
    }

    /** With its schema; the schema's number where it has no name. */
    String name(long database, NamedRelation relation) {
        return schemas.getOrDefault(
                        new Key(database, relation.schema()), Long.toString(relation.schema()))
                + "."
                + relation.name();
    }

    /** The name, or {@code database/file}. */
    String name(RelationFile file) {
        return relation(file)
                .map(relation -> name(file.database(), relation))
                .orElseGet(() -> file.database() + "/" + file.number());
    }

    /** Whether some of its relations are shown by numbers. */
    public static boolean lacksNames(FoundTransaction found) {
        return found.relations().stream().anyMatch(name -> NUMBERS.matcher(name).matches());
    }

    /** The same with names for what had none, as far as they are known by now. */
    public FoundTransaction renamed(FoundTransaction found) {
        return new FoundTransaction(
                found.xid(),
                found.time(),
                found.lsn(),
                found.kind(),
                DIGITS.matcher(found.database()).matches()
                        ? database(Long.parseLong(found.database()))
                        : found.database(),
                found.relations().stream().map(this::renamed).toList(),
                found.rows(),
                found.stopBefore());
    }

    private String renamed(String relation) {
        Matcher numbers = NUMBERS.matcher(relation);
        return numbers.matches()
                ? name(
                        new RelationFile(
                                0,
                                Long.parseLong(numbers.group(1)),
                                Long.parseLong(numbers.group(2))))
                : relation;
    }
}
