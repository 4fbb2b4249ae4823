package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.ui.Messages;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts backups below headings: kind, then timeline or database, then the last seven days and the
 * months before. A heading that would stand alone is joined to the one above it, and few backups
 * get no headings of time. Groups come with the newest first; backups keep the order they are given
 * in. Works nowhere but in memory.
 */
final class CatalogTree {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int FEW = 12;
    private final Instant now;

    private CatalogTree(Instant now) {
        this.now = now;
    }

    static List<CatalogItem> of(List<CatalogRow> rows, Instant now) {
        var tree = new CatalogTree(now);
        List<CatalogItem> kinds = new ArrayList<>();
        for (BackupKind kind : List.of(BackupKind.BASE, BackupKind.FULL, BackupKind.CONFIG)) {
            List<CatalogRow> those = rows.stream().filter(row -> row.kind() == kind).toList();
            if (!those.isEmpty()) {
                kinds.add(tree.kind(kind, those));
            }
        }
        return kinds;
    }

    /** Backups of one history: a timeline of one cluster, or one database. */
    private record Line(String cluster, int timeline, String database) {
        static Line of(CatalogRow row) {
            return switch (row.kind()) {
                case BASE -> new Line(row.cluster(), row.timeline(), "");
                case FULL -> new Line("", 0, row.database());
                case CONFIG -> new Line("", 0, "");
            };
        }

        String path() {
            return cluster + "-" + timeline + "-" + database;
        }
    }

    private CatalogGroup kind(BackupKind kind, List<CatalogRow> rows) {
        Map<Line, List<CatalogRow>> lines = newestFirst(rows, Line::of);
        boolean clusters = lines.keySet().stream().map(Line::cluster).distinct().count() > 1;
        List<CatalogItem> items = new ArrayList<>();
        lines.forEach(
                (line, those) ->
                        items.add(
                                new CatalogGroup(
                                        kind,
                                        name(kind, line, clusters),
                                        kind.word() + "/" + line.path(),
                                        false,
                                        items.isEmpty(),
                                        times(kind.word() + "/" + line.path(), those),
                                        Tally.of(those))));
        if (items.size() == 1 && items.getFirst() instanceof CatalogGroup only) {
            String name =
                    only.name().isEmpty()
                            ? Words.kinds(kind)
                            : Messages.text("group.joined", Words.kinds(kind), only.name());
            return new CatalogGroup(
                    kind, name, only.path(), true, true, only.items(), only.tally());
        }
        return new CatalogGroup(
                kind, Words.kinds(kind), kind.word(), true, true, items, Tally.of(rows));
    }

    private static String name(BackupKind kind, Line line, boolean clusters) {
        return switch (kind) {
            case BASE -> {
                String timeline =
                        line.timeline() == 0
                                ? Messages.text("group.noTimeline")
                                : Messages.text("group.timeline", line.timeline());
                yield clusters
                        ? Messages.text("group.ofCluster", timeline, cluster(line))
                        : timeline;
            }
            case FULL ->
                    line.database().isEmpty() ? Messages.text("group.noDatabase") : line.database();
            case CONFIG -> "";
        };
    }

    private static String cluster(Line line) {
        return line.cluster().isEmpty() ? Messages.text("catalog.notKnown") : line.cluster();
    }

    /** The last seven days, then month by month; without headings where there are few. */
    private List<CatalogItem> times(String above, List<CatalogRow> rows) {
        if (rows.size() <= FEW) {
            return List.copyOf(rows);
        }
        Map<String, List<CatalogRow>> drawers = newestFirst(rows, this::drawer);
        String split = drawers.containsKey("") ? month(Tally.of(drawers.get("")).oldest()) : "";
        List<CatalogItem> items = new ArrayList<>();
        drawers.forEach(
                (drawer, those) ->
                        items.add(
                                new CatalogGroup(
                                        those.getFirst().kind(),
                                        drawerName(drawer, split),
                                        above + "/" + drawer,
                                        false,
                                        items.isEmpty(),
                                        List.copyOf(those),
                                        Tally.of(those))));
        return items;
    }

    /** Empty for the last seven days, else the month. */
    private String drawer(CatalogRow row) {
        return row.startedAt().isAfter(now.minus(WEEK)) ? "" : month(row.startedAt());
    }

    private static String month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC)).toString();
    }

    private static String drawerName(String drawer, String split) {
        if (drawer.isEmpty()) {
            return Messages.text("group.week");
        }
        return drawer.equals(split) ? Messages.text("group.earlier", drawer) : drawer;
    }

    private static <K> Map<K, List<CatalogRow>> newestFirst(
            List<CatalogRow> rows, Function<CatalogRow, K> by) {
        Map<K, List<CatalogRow>> found = new LinkedHashMap<>();
        rows.stream().collect(Collectors.groupingBy(by)).entrySet().stream()
                .sorted(Comparator.comparing(group -> newest(group.getValue())))
                .toList()
                .reversed()
                .forEach(group -> found.put(group.getKey(), group.getValue()));
        return found;
    }

    private static Instant newest(List<CatalogRow> rows) {
        return Tally.newest(rows).startedAt();
    }
}
