package dev.lifeboat.monitor;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.storage.Region;

import java.time.Instant;
import java.util.Optional;

/**
 * Health in the text format of Prometheus. What is known to be missing is a value that trips every
 * threshold (0 for a time, {@code +Inf} for an age); what could not be found out is absent, and
 * {@code lifeboat_check} tells.
 *
 * <p>The runbook's two names for backups are of fulls alone: an hourly success of anything else
 * would hide a daily backup that is dead.
 */
public final class MetricsText {
    /** What the answer's header says it is. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private MetricsText() {}

    /** Everything there is to scrape. */
    public static String of(Health health) {
        var out = new Metrics();
        runbook(out, health.figures());
        verdicts(out, health);
        new OwnMetrics(health, out).write();
        return out.text();
    }

    private static void runbook(Metrics out, Figures figures) {
        KindFigures full = figures.kinds().get(BackupKind.FULL);
        if (figures.catalogKnown()) {
            Optional<Instant> ended = full.finishedAt().or(full::startedAt);
            out.gauge(
                    "backup_last_success_timestamp",
                    "When the newest usable full backup was complete, by what lies in the buckets.",
                    ended.map(Instant::getEpochSecond).orElse(0L));
        }
        full.failures()
                .ifPresent(
                        failures ->
                                out.counter(
                                        "backup_failures_total",
                                        "Full backups that failed, by their records in the buckets.",
                                        failures));
        figures.room().ifPresent(room -> room(out, room));
    }

    private static void room(Metrics out, BucketRoom room) {
        out.gauge(
                "s3_bucket_free_bytes",
                "BACKUP_QUOTA_BYTES less what the primary bucket holds.",
                room.freeBytes());
        out.gauge("s3_bucket_total_bytes", "BACKUP_QUOTA_BYTES.", room.totalBytes());
    }

    private static void verdicts(Metrics out, Health health) {
        out.gauge(
                "lifeboat_evaluation_timestamp_seconds",
                "When all this was judged.",
                health.at().getEpochSecond());
        out.gauge("lifeboat_healthy", "Whether nothing is critical.", health.well() ? 1 : 0);
        for (HealthFinding finding : health.worstOfEach()) {
            out.gauge(
                    "lifeboat_check",
                    "Each check: 0 well, 1 a warning, 2 critical.",
                    finding.severity().level(),
                    "check",
                    finding.check().word(),
                    "region",
                    finding.region().map(Region.Role::toString).orElse(""));
        }
    }
}
