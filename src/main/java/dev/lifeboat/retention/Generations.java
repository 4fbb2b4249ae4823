package dev.lifeboat.retention;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which generations each full and each configuration backup belongs to. The first of a period
 * stands for it, whatever came of it since; where that one is in doubt (damaged, not proven, its
 * key not known) the first good one stands beside it. So damage never makes a backup go earlier,
 * and the choice does not move from one day to the next.
 */
public final class Generations {
    private final Map<String, Set<Generation>> byKey;
    private final RetentionRules rules;

    private Generations(Map<String, Set<Generation>> byKey, RetentionRules rules) {
        this.byKey = byKey;
        this.rules = rules;
    }

    /** One line of descent: the backups of one kind of one database of one cluster. */
    private record Line(BackupKind kind, Optional<String> database, Optional<String> cluster) {
        static Line of(CatalogEntry entry) {
            return new Line(
                    entry.kind(), entry.facts().database(), entry.facts().systemIdentifier());
        }

        /** Whether what lost its manifest may be of it; that of a tool without manifests is not. */
        boolean mayHold(CatalogEntry entry) {
            return kind == entry.kind()
                    && database.equals(entry.facts().database())
                    && cluster.isPresent();
        }
    }

    /** Works them out for everything in the catalog; bases belong to none. */
    public static Generations of(
            Collection<CatalogEntry> entries, RetentionRules rules, Instant now) {
        Map<Line, List<CatalogEntry>> lines = new HashMap<>();
        for (CatalogEntry entry : entries) {
            if (entry.kind() != BackupKind.BASE && entry.status() != BackupStatus.UNFINISHED) {
                lines.computeIfAbsent(Line.of(entry), _ -> new ArrayList<>()).add(entry);
            }
        }
        Map<String, Set<Generation>> byKey = new HashMap<>();
        for (List<CatalogEntry> line : lines.values()) {
            line.sort(
                    Comparator.comparing((CatalogEntry entry) -> entry.facts().startedAt())
                            .thenComparing(CatalogEntry::key));
            for (Generation generation : Generation.values()) {
                mark(line, generation, rules.since(generation, now), byKey);
            }
        }
        for (CatalogEntry entry : entries) {
            if (entry.kind() != BackupKind.BASE && entry.status() == BackupStatus.UNFINISHED) {
                markWithoutManifest(entry, lines, rules, now, byKey);
            }
        }
        return new Generations(byKey, rules);
    }

    /**
     * As if it was good: nothing tells whether it is what a failed backup left, or whole and robbed
     * of its manifest. No other one loses its place to it.
     */
    private static void markWithoutManifest(
            CatalogEntry entry,
            Map<Line, List<CatalogEntry>> lines,
            RetentionRules rules,
            Instant now,
            Map<String, Set<Generation>> byKey) {
        for (Generation generation : Generation.values()) {
            boolean stands =
                    generation == Generation.DAILY || !earlierGood(entry, generation, lines);
            if (stands && entry.facts().startedAt().isAfter(rules.since(generation, now))) {
                byKey.computeIfAbsent(entry.key(), _ -> EnumSet.noneOf(Generation.class))
                        .add(generation);
            }
        }
    }

    /** Whether each cluster it may be of has an earlier good one in its period. */
    private static boolean earlierGood(
            CatalogEntry entry, Generation generation, Map<Line, List<CatalogEntry>> lines) {
        List<List<CatalogEntry>> possible =
                lines.entrySet().stream()
                        .filter(line -> line.getKey().mayHold(entry))
                        .map(Map.Entry::getValue)
                        .toList();
        Instant begun = entry.facts().startedAt();
        String period = generation.period(begun);
        return !possible.isEmpty()
                && possible.stream()
                        .allMatch(
                                line ->
                                        line.stream()
                                                .filter(Generations::isGood)
                                                .map(other -> other.facts().startedAt())
                                                .filter(other -> other.isBefore(begun))
                                                .anyMatch(
                                                        other ->
                                                                generation
                                                                        .period(other)
                                                                        .equals(period)));
    }

    private static void mark(
            List<CatalogEntry> oldestFirst,
            Generation generation,
            Instant since,
            Map<String, Set<Generation>> byKey) {
        Set<String> periods = new HashSet<>();
        Set<String> goodPeriods = new HashSet<>();
        for (CatalogEntry entry : oldestFirst) {
            Instant begun = entry.facts().startedAt();
            String period = generation.period(begun);
            boolean first = periods.add(period);
            boolean firstGood = isGood(entry) && goodPeriods.add(period);
            boolean stands = generation == Generation.DAILY || first || firstGood;
            if (stands && begun.isAfter(since)) {
                byKey.computeIfAbsent(entry.key(), _ -> EnumSet.noneOf(Generation.class))
                        .add(generation);
            }
        }
    }

    /**
     * Whether a backup counts as one that could be restored: whole in some region, authenticated
     * where it has a manifest, and not found wanting by its last verification.
     */
    static boolean isGood(CatalogEntry entry) {
        boolean trusted = entry.authenticated() || entry.status() == BackupStatus.NO_MANIFEST;
        boolean failed = entry.verified().filter(result -> !result.ok()).isPresent();
        return entry.isUsable() && trusted && !failed;
    }

    /** The hottest first; none when no rule keeps it. */
    public Set<Generation> of(CatalogEntry entry) {
        return byKey.getOrDefault(entry.key(), Set.of());
    }

    /**
     * Until when the rules keep a backup, as things are now: the end of its longest generation. A
     * hold, or being the last good one, may keep it longer. Empty when no rule keeps it.
     */
    public Optional<Instant> until(CatalogEntry entry) {
        return of(entry).stream()
                .map(generation -> rules.until(generation, entry.facts().startedAt()))
                .max(Comparator.naturalOrder());
    }
}
