package dev.lifeboat.ui.catalog;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is told of several backups together, counted once.
 *
 * @param newest when the newest of them was begun
 * @param oldest when the oldest was
 * @param newestProven the newest that was read to its end, or restored, and found good
 * @param storedBytes of all of them
 * @param standings how many stand how, the worst first
 * @param primary how many are whole there, or are not
 * @param dr the same
 * @param storage how many must thaw first; else the storage class, where all have the same
 * @param timeline of all of them; empty when they differ
 * @param key the same of their key's fingerprint, as the column shows it
 */
record Tally(
        int count,
        Instant newest,
        Instant oldest,
        Optional<CatalogRow> newestProven,
        long storedBytes,
        Map<Standing, Integer> standings,
        Word primary,
        Word dr,
        Word storage,
        String timeline,
        String key) {
    private static final Comparator<CatalogRow> BY_TIME =
            Comparator.comparing(CatalogRow::startedAt);

    /**
     * Counts them.
     *
     * @param rows at least one
     */
    static Tally of(List<CatalogRow> rows) {
        Map<Standing, Integer> standings = new EnumMap<>(Standing.class);
        rows.forEach(row -> standings.merge(Standing.of(row), 1, Integer::sum));
        return new Tally(
                rows.size(),
                newest(rows).startedAt(),
                rows.stream().min(BY_TIME).orElseThrow().startedAt(),
                rows.stream().filter(Standing::isProven).max(BY_TIME),
                rows.stream().mapToLong(CatalogRow::storedBytes).sum(),
                standings,
                Words.ofCopies(rows.stream().map(CatalogRow::primary).toList()),
                Words.ofCopies(rows.stream().map(CatalogRow::dr).toList()),
                storage(rows),
                same(rows, Words::timeline),
                same(rows, row -> Words.shortKey(row.keyFingerprint())));
    }

    static CatalogRow newest(List<CatalogRow> rows) {
        return rows.stream().max(BY_TIME).orElseThrow();
    }

    /** The worst that is said of any of them, and of how many. */
    Word worst() {
        var worst = standings.entrySet().iterator().next();
        return worst.getKey().word(worst.getValue());
    }

    private static Word storage(List<CatalogRow> rows) {
        long archived = rows.stream().filter(CatalogRow::isArchived).count();
        return archived == 0
                ? Word.plain(same(rows, row -> Words.storage(row).text()))
                : Words.toThaw(archived);
    }

    private static String same(List<CatalogRow> rows, Function<CatalogRow, String> fact) {
        List<String> found = rows.stream().map(fact).distinct().limit(2).toList();
        return found.size() == 1 ? found.getFirst() : "";
    }
}
