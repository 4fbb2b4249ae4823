package dev.lifeboat.monitor;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.RegionState;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.catalog.windows.Gap;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.storage.Region;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns an observation into numbers. */
final class FigureBuilder {
    private final Observed observed;

    FigureBuilder(Observed observed) {
        this.observed = observed;
    }

    Figures build() {
        Optional<RecoveryTimeline> timeline = observed.timeline().value();
        Optional<Reach> both = timeline.flatMap(this::reach);
        return new Figures(
                observed.catalog().value().isPresent(),
                timeline.isPresent(),
                both.map(Reach::latest),
                both.map(Reach::exact).orElse(false),
                both.map(Reach::loss),
                both.map(Reach::from),
                both.map(reach -> since(reach.from())),
                gaps(timeline, gap -> gap.fillableFrom().isEmpty()),
                gaps(timeline, gap -> gap.fillableFrom().isPresent()),
                regions(both),
                kinds(),
                observed.room().flatMap(Known::value),
                observed.drills()
                        .value()
                        .flatMap(all -> all.stream().max(Comparator.naturalOrder())),
                observed.database().flatMap(Known::value));
    }

    private Optional<Reach> reach(RecoveryTimeline timeline) {
        Optional<DatabaseFacts> database = observed.database().flatMap(Known::value);
        return Reach.of(timeline, database.filter(this::isArchived), observed.at());
    }

    /** Whether the newest base is of this database: it may be a copy, or another one. */
    private boolean isArchived(DatabaseFacts database) {
        return entries().stream()
                .filter(entry -> entry.kind() == BackupKind.BASE && entry.isUsable())
                .findFirst()
                .flatMap(entry -> entry.facts().systemIdentifier())
                .filter(database.systemIdentifier()::equals)
                .isPresent();
    }

    private Duration since(Instant time) {
        Duration since = Duration.between(time, observed.at());
        return since.isNegative() ? Duration.ZERO : since;
    }

    private interface GapChoice {
        boolean counts(Gap gap);
    }

    private static long gaps(Optional<RecoveryTimeline> timeline, GapChoice choice) {
        return timeline.stream()
                .flatMap(known -> known.gaps().stream().filter(gap -> !isTail(known, gap)))
                .filter(choice::counts)
                .mapToLong(Gap::segments)
                .sum();
    }

    private static long lacked(Optional<RecoveryTimeline> timeline, Region.Role role) {
        return timeline.stream()
                .flatMap(known -> known.gaps().stream())
                .filter(gap -> gap.missingIn().contains(role) && gap.fillableFrom().isPresent())
                .mapToLong(Gap::segments)
                .sum();
    }

    /** What one region has not received yet is lag, and no hole. */
    private static boolean isTail(RecoveryTimeline timeline, Gap gap) {
        return gap.fillableFrom().isPresent()
                && timeline.live().stream()
                        .filter(timed -> timed.window().timeline().equals(gap.last().timeline()))
                        .anyMatch(timed -> timed.window().to().equals(gap.last().end()));
    }

    private Map<Region.Role, RegionFigures> regions(Optional<Reach> both) {
        Map<Region.Role, RegionFigures> regions = new EnumMap<>(Region.Role.class);
        observed.regions().forEach((role, known) -> regions.put(role, region(role, known, both)));
        return regions;
    }

    private RegionFigures region(
            Region.Role role, Known<RecoveryTimeline> known, Optional<Reach> both) {
        Optional<Reach> own = known.value().flatMap(this::reach);
        Optional<RecoveryTimeline> timeline = observed.timeline().value();
        return new RegionFigures(
                role,
                known.problem(),
                own.map(Reach::latest),
                own.map(Reach::exact).orElse(false),
                own.map(Reach::loss),
                both.flatMap(all -> own.map(one -> one.behind(all))),
                gaps(timeline, gap -> gap.missingIn().contains(role)),
                lacked(timeline, role),
                (int)
                        entries().stream()
                                .filter(entry -> entry.status() == BackupStatus.FINISHED)
                                .filter(entry -> lacks(entry, role))
                                .count());
    }

    private static boolean lacks(CatalogEntry entry, Region.Role role) {
        return Optional.ofNullable(entry.regions().get(role))
                .map(presence -> presence.state())
                .filter(state -> state == RegionState.MISSING || state == RegionState.DAMAGED)
                .isPresent();
    }

    private List<CatalogEntry> entries() {
        return observed.catalog().map(CatalogListing::entries).orElse(List.of());
    }

    private Map<BackupKind, KindFigures> kinds() {
        Map<BackupKind, KindFigures> kinds = new EnumMap<>(BackupKind.class);
        for (BackupKind kind : BackupKind.values()) {
            kinds.put(kind, kind(kind));
        }
        return kinds;
    }

    private KindFigures kind(BackupKind kind) {
        List<CatalogEntry> usable =
                entries().stream()
                        .filter(entry -> entry.kind() == kind && entry.isUsable())
                        .toList();
        Optional<CatalogEntry> newest = usable.stream().findFirst();
        return new KindFigures(
                kind,
                newest.map(CatalogEntry::id),
                newest.map(entry -> entry.facts().startedAt()),
                newest.flatMap(entry -> entry.facts().finishedAt()),
                newest.map(entry -> since(entry.facts().startedAt())),
                newest.map(entry -> entry.facts().plainBytes()).orElse(OptionalLong.empty()),
                newest.map(entry -> entry.facts().storedBytes()).orElse(0L),
                newest.map(CatalogEntry::authenticated).orElse(false),
                newest.flatMap(CatalogEntry::problem)
                        .filter(problem -> problem.code() == ProblemCode.KEY_WRONG),
                Proofs.newest(usable, VerifyLevel.READABLE),
                Proofs.newest(usable, VerifyLevel.RESTORED),
                usable.size(),
                observed.failures()
                        .map(all -> all.stream().filter(f -> f.kind() == kind).count())
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()));
    }
}
