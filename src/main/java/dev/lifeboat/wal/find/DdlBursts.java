package dev.lifeboat.wal.find;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.TransactionChanges;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Gathers changes of definitions into stretches: many rows of the catalogs in one transaction, or
 * several transactions within a minute of one another. A stretch is told by its first transaction.
 */
final class DdlBursts {
    private static final int MANY_ROWS = 100;
    private static final int MANY_TRANSACTIONS = 5;
    private static final int MOST_NAMES = 50;
    private static final Duration QUIET = Duration.ofMinutes(1);

    /** Statistics, large objects, sequences' and shared dependencies' rows: no definitions. */
    private static final Set<Long> NO_DEFINITIONS =
            Set.of(2619L, 3381L, 3429L, 2613L, 2995L, 1214L, 2840L, 2841L);

    private final NameBook book;
    private final Consumer<FoundTransaction> found;
    private final Map<Long, Burst> open = new HashMap<>();

    DdlBursts(NameBook book, Consumer<FoundTransaction> found) {
        this.book = book;
        this.found = found;
    }

    /** A stretch that goes on. */
    private static final class Burst {
        private final int xid;
        private final Instant time;
        private final Lsn lsn;
        private final Set<String> names = new LinkedHashSet<>();
        private Instant last;
        private int transactions;
        private long rows;

        Burst(TransactionChanges first) {
            xid = first.xid();
            time = first.time();
            lsn = first.commit();
            last = first.time();
        }

        void add(TransactionChanges changes, long changed, Stream<String> touched) {
            transactions++;
            rows += changed;
            last = changes.time();
            touched.limit(MOST_NAMES - names.size()).forEach(names::add);
        }
    }

    void add(TransactionChanges changes, CatalogWork work) {
        long rows = definitions(changes);
        if (rows == 0 || work.isTemporaryOnly()) {
            return;
        }
        long database = StorageHarm.databaseOf(changes);
        Burst burst = open.get(database);
        if (burst != null && changes.time().isAfter(burst.last.plus(QUIET))) {
            close(database);
            burst = null;
        }
        if (burst == null) {
            burst = new Burst(changes);
            open.put(database, burst);
        }
        burst.add(changes, rows, names(database, work));
    }

    /** Ends every stretch. */
    void finish() {
        List.copyOf(open.keySet()).forEach(this::close);
    }

    private void close(long database) {
        Burst burst = open.remove(database);
        if (burst.rows >= MANY_ROWS || burst.transactions >= MANY_TRANSACTIONS) {
            found.accept(
                    new FoundTransaction(
                            burst.xid,
                            burst.time,
                            burst.lsn,
                            Optional.of(HarmKind.DDL),
                            book.database(database),
                            List.copyOf(burst.names),
                            OptionalLong.of(burst.rows),
                            burst.lsn));
        }
    }

    private long definitions(TransactionChanges changes) {
        return changes.relations().stream()
                .filter(rows -> isDefinition(book.catalog(rows.relation())))
                .mapToLong(rows -> rows.inserted() + rows.updated() + rows.deleted())
                .sum();
    }

    private static boolean isDefinition(long catalog) {
        return catalog != 0 && !NO_DEFINITIONS.contains(catalog);
    }

    private Stream<String> names(long database, CatalogWork work) {
        return Stream.of(
                        work.inserted().stream(),
                        work.replaced().stream().map(CatalogWork.Replaced::after),
                        work.deleted().stream())
                .flatMap(each -> each)
                .filter(NamedRelation::isNamedByPeople)
                .map(relation -> book.name(database, relation))
                .distinct();
    }
}
