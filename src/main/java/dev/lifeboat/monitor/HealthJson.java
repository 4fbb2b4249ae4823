package dev.lifeboat.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.catalog.Verification;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Health as JSON: what {@code health --json} prints and {@code /health/backup} answers. */
public final class HealthJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private HealthJson() {}

    /** Plain values, maps and lists. Times are ISO 8601 UTC, durations seconds, sizes bytes. */
    public static Map<String, Object> of(Health health) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", health.well() ? "ok" : "failing");
        document.put("severity", health.severity().word());
        document.put("reason", health.verdict());
        document.put("at", health.at().toString());
        document.put("findings", health.findings().stream().map(HealthJson::finding).toList());
        document.put("figures", figures(health));
        return document;
    }

    /** The same as one line. */
    public static String line(Health health) {
        return line(of(health));
    }

    static String line(Map<String, Object> document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("plain values are always JSON", impossible);
        }
    }

    private static Map<String, Object> finding(HealthFinding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("check", finding.check().word());
        fields.put("severity", finding.severity().word());
        fields.put("region", finding.region().map(Object::toString).orElse(null));
        fields.put("says", finding.says());
        fields.put("remedy", finding.remedy());
        return fields;
    }

    private static Map<String, Object> figures(Health health) {
        Figures figures = health.figures();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rpoSeconds", seconds(figures.loss()));
        fields.put("rpoGoalSeconds", health.goals().loss().toSeconds());
        fields.put("latestRecoverable", time(figures.latest()));
        fields.put("latestExact", figures.exact());
        fields.put("recoverableFrom", time(figures.from()));
        fields.put("reachSeconds", seconds(figures.reach()));
        fields.put("promisedSeconds", health.goals().promised().toSeconds());
        fields.put("missingSegments", figures.missingSegments());
        fields.put("fillableSegments", figures.fillableSegments());
        fields.put("regions", regions(figures));
        fields.put("backups", kinds(figures));
        fields.put("freeBytes", figures.room().map(BucketRoom::freeBytes).orElse(null));
        fields.put("totalBytes", figures.room().map(BucketRoom::totalBytes).orElse(null));
        fields.put("lastDrill", time(figures.lastDrill()));
        return fields;
    }

    private static Map<String, Object> regions(Figures figures) {
        Map<String, Object> regions = new LinkedHashMap<>();
        figures.regions().forEach((role, region) -> regions.put(role.toString(), region(region)));
        return regions;
    }

    private static Map<String, Object> region(RegionFigures region) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rpoSeconds", seconds(region.loss()));
        fields.put("latestRecoverable", time(region.latest()));
        fields.put("latestExact", region.exact());
        fields.put("behindSeconds", seconds(region.behind()));
        fields.put("missingSegments", region.missingSegments());
        fields.put("missingBackups", region.missingBackups());
        return fields;
    }

    private static Map<String, Object> kinds(Figures figures) {
        Map<String, Object> kinds = new LinkedHashMap<>();
        figures.kinds().forEach((kind, newest) -> kinds.put(kind.word(), kind(newest)));
        return kinds;
    }

    private static Map<String, Object> kind(KindFigures newest) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("count", newest.count());
        fields.put("id", newest.id().orElse(null));
        fields.put("startedAt", time(newest.startedAt()));
        fields.put("finishedAt", time(newest.finishedAt()));
        fields.put("ageSeconds", seconds(newest.age()));
        fields.put("plainBytes", number(newest.plainBytes()));
        fields.put("storedBytes", newest.storedBytes());
        fields.put("keyProven", newest.authenticated());
        fields.put("verifiedAt", time(newest.verified().map(Verification::at)));
        fields.put("restoredAt", time(newest.restored().map(Verification::at)));
        fields.put("failures", number(newest.failures()));
        return fields;
    }

    private static Long seconds(Optional<Duration> duration) {
        return duration.map(Duration::toSeconds).orElse(null);
    }

    private static String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    private static Long number(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
