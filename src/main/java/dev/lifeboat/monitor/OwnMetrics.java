package dev.lifeboat.monitor;

import dev.lifeboat.catalog.Verification;
import dev.lifeboat.postgres.ArchiverInfo;
import dev.lifeboat.storage.Region;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Lifeboat's own metrics: {@code lifeboat_...}. */
final class OwnMetrics {
    private static final String REGION = "region";
    private static final String KIND = "kind";

    private final Health health;
    private final Figures figures;
    private final Metrics out;

    OwnMetrics(Health health, Metrics out) {
        this.health = health;
        this.figures = health.figures();
        this.out = out;
    }

    void write() {
        regions();
        if (figures.timelineKnown()) {
            windows();
        }
        if (figures.catalogKnown()) {
            backups();
            proofs();
        }
        figures.lastDrill()
                .ifPresent(
                        last ->
                                out.gauge(
                                        "lifeboat_drill_age_seconds",
                                        "Time since the last drill; absent while none was held.",
                                        since(last)));
        figures.database().ifPresent(this::database);
    }

    /** The samples of one metric must follow each other, so that each has its own loop. */
    private void regions() {
        Collection<RegionFigures> regions = figures.regions().values();
        for (RegionFigures region : regions) {
            out.gauge(
                    "lifeboat_region_reachable",
                    "Whether the region answered.",
                    region.problem().isEmpty() ? 1 : 0,
                    REGION,
                    region.role().toString());
        }
        rpo();
        latest();
        for (RegionFigures region : regions) {
            region.behind()
                    .filter(_ -> region.role() == Region.Role.DR)
                    .ifPresent(
                            behind ->
                                    out.gauge(
                                            "lifeboat_dr_lag_seconds",
                                            "How far the DR region's WAL is behind.",
                                            behind.toSeconds()));
        }
        for (RegionFigures region : regions) {
            if (figures.catalogKnown() && region.problem().isEmpty()) {
                out.gauge(
                        "lifeboat_backups_missing",
                        "Finished backups that the region lacks or has damaged.",
                        region.missingBackups(),
                        REGION,
                        region.role().toString());
            }
        }
    }

    private void rpo() {
        String help = "What would be lost now, at most; region all is both together.";
        if (figures.timelineKnown()) {
            out.gauge("lifeboat_rpo_seconds", help, age(figures.loss()), REGION, "all");
        }
        for (RegionFigures region : figures.regions().values()) {
            if (region.problem().isEmpty()) {
                out.gauge(
                        "lifeboat_rpo_seconds",
                        help,
                        age(region.loss()),
                        REGION,
                        region.role().toString());
            }
        }
        out.gauge(
                "lifeboat_rpo_goal_seconds",
                "What may be lost.",
                health.goals().loss().toSeconds());
    }

    private void latest() {
        String name = "lifeboat_latest_recoverable_timestamp_seconds";
        String help = "The last commit that can be recovered; 0 when there is none.";
        if (figures.timelineKnown()) {
            out.gauge(name, help, time(figures.latest()), REGION, "all");
        }
        for (RegionFigures region : figures.regions().values()) {
            if (region.problem().isEmpty()) {
                out.gauge(name, help, time(region.latest()), REGION, region.role().toString());
            }
        }
    }

    private void windows() {
        out.gauge(
                "lifeboat_recoverable_seconds",
                "How far back every moment can be recovered without a break.",
                figures.reach().map(Duration::toSeconds).orElse(0L));
        out.gauge(
                "lifeboat_promised_seconds",
                "How far back every moment was promised to be (BACKUP_PITR_DAYS).",
                health.goals().promised().toSeconds());
        out.gauge(
                "lifeboat_wal_missing_segments",
                "Needed segments that no region has.",
                figures.missingSegments());
        out.gauge(
                "lifeboat_wal_fillable_segments",
                "Needed segments that one region only has.",
                figures.fillableSegments());
    }

    private void backups() {
        ofKinds("lifeboat_backups", "Usable backups.", KindFigures::count);
        ofKinds(
                "lifeboat_backup_age_seconds",
                "Age of the newest usable backup; +Inf when there is none.",
                kind -> age(kind.age()));
        ofKinds(
                "lifeboat_backup_stored_bytes",
                "Stored size of the newest usable backup.",
                kind -> (double) kind.storedBytes());
        ofKinds(
                "lifeboat_key_proven",
                "Whether the key is proven to open the newest usable backup; 1 when there is none.",
                kind -> kind.id().isEmpty() || kind.authenticated() ? 1 : 0);
        for (KindFigures kind : figures.kinds().values()) {
            kind.failures()
                    .ifPresent(
                            count ->
                                    out.counter(
                                            "lifeboat_backup_failures_total",
                                            "Backups that failed.",
                                            count,
                                            KIND,
                                            kind.kind().word()));
        }
    }

    private void ofKinds(String name, String help, ToDoubleFunction<KindFigures> value) {
        for (KindFigures kind : figures.kinds().values()) {
            out.gauge(name, help, value.applyAsDouble(kind), KIND, kind.kind().word());
        }
    }

    private void proofs() {
        proof("readable", KindFigures::verified);
        proof("restored", KindFigures::restored);
    }

    private void proof(String level, Function<KindFigures, Optional<Verification>> proof) {
        Optional<Instant> last =
                figures.kinds().values().stream()
                        .flatMap(kind -> proof.apply(kind).stream())
                        .map(Verification::at)
                        .max(Comparator.naturalOrder());
        out.gauge(
                "lifeboat_proof_age_seconds",
                "Time since a backup was last proven at this level or a better one; +Inf when never.",
                last.map(this::since).orElse(Double.POSITIVE_INFINITY),
                "level",
                level);
    }

    private void database(DatabaseFacts facts) {
        ArchiverInfo archiver = facts.archiver();
        out.counter(
                "lifeboat_archiver_archived_total",
                "archived_count of pg_stat_archiver.",
                archiver.archivedCount());
        out.counter(
                "lifeboat_archiver_failed_total",
                "failed_count of pg_stat_archiver.",
                archiver.failedCount());
        facts.replayLag()
                .ifPresent(
                        lag ->
                                out.gauge(
                                        "lifeboat_replay_lag_seconds",
                                        "Age of the last commit that this standby replayed.",
                                        lag.toSeconds()));
        facts.standbyLagBytes()
                .ifPresent(
                        bytes ->
                                out.gauge(
                                        "lifeboat_standby_lag_bytes",
                                        "What the last of the standbys has not replayed.",
                                        bytes));
    }

    private double since(Instant time) {
        return (double) Math.max(0, Duration.between(time, health.at()).toSeconds());
    }

    private static double age(Optional<Duration> age) {
        return age.map(known -> (double) known.toSeconds()).orElse(Double.POSITIVE_INFINITY);
    }

    private static long time(Optional<Instant> time) {
        return time.map(Instant::getEpochSecond).orElse(0L);
    }
}
