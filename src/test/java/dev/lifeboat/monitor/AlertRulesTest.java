package dev.lifeboat.monitor;

import static dev.lifeboat.monitor.Observations.entry;
import static dev.lifeboat.monitor.Observations.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.BackupFailure;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.RegionState;
import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.catalog.windows.Gap;
import dev.lifeboat.storage.Region.Role;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A week of trouble, scraped every ten minutes: each alert fires in its time and clears. */
class AlertRulesTest {
    private static final Path FILE = Path.of("packaging/prometheus/backup-alerts.yml");
    private static final Instant MONDAY = Instant.parse("2026-04-06T00:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(10);

    /** When an alert may fire, and must at least once: hours of the week. */
    private record Span(double from, double to) {}

    private static final Map<String, List<Span>> EXPECTED =
            Map.ofEntries(
                    Map.entry("BackupNotRun", List.of(new Span(28.1, 60.1))),
                    Map.entry("BackupFailed", List.of(new Span(63, 64.1))),
                    Map.entry("LowBackupStorage", List.of(new Span(70.9, 73.1))),
                    Map.entry("BackupMonitorSilent", List.of(new Span(146.2, 148.1))),
                    Map.entry("BackupMonitorStuck", List.of(new Span(151.1, 152.1))),
                    Map.entry(
                            "BackupStateUnknown",
                            List.of(new Span(146.4, 148.1), new Span(149.4, 151.2))),
                    Map.entry(
                            "BackupRegionSilent",
                            List.of(new Span(110.2, 112.1), new Span(149, 151.2))),
                    Map.entry("BackupRpoMissed", List.of(new Span(86, 87.1))),
                    Map.entry("BackupWalGap", List.of(new Span(102, 105.1))),
                    Map.entry("BackupNoBaseForWindow", List.of(new Span(103, 105.1))),
                    Map.entry("BackupBaseNotRun", List.of(new Span(28.1, 60.1))),
                    Map.entry("BackupDrLag", List.of(new Span(82.2, 84.1))),
                    Map.entry("BackupUnsafe", List.of(new Span(96, 101.1))),
                    Map.entry("BackupUnverified", List.of(new Span(28.1, 60.1))),
                    Map.entry("BackupNotRestored", List.of(new Span(121, 123.1))),
                    Map.entry("BackupKeyNotProven", List.of(new Span(128, 130.1))),
                    Map.entry("BackupDrillOverdue", List.of(new Span(133, 135.1))));

    @Test
    void everyAlertFiresInItsTimeAndClears() throws Exception {
        AlertRules rules = AlertRules.of(FILE);
        var history = new TreeMap<Instant, Scrape>();
        Map<String, TreeSet<Double>> fired = new TreeMap<>();

        Instant end = MONDAY.plus(Duration.ofDays(7));
        for (Instant at = MONDAY; at.isBefore(end); at = at.plus(STEP)) {
            Optional<Health> answer = answer(at);
            if (answer.isPresent()) {
                history.put(at, Scrape.of(MetricsText.of(answer.get())));
            }
            history.headMap(at.minus(Duration.ofHours(2))).clear();
            for (String alert : rules.firing(history, at)) {
                fired.computeIfAbsent(alert, _ -> new TreeSet<>()).add(hours(at));
            }
        }

        EXPECTED.forEach(
                (alert, spans) -> {
                    assertThat(fired).containsKey(alert);
                    assertThat(fired.get(alert))
                            .as(alert)
                            .allMatch(hour -> spans.stream().anyMatch(span -> within(span, hour)));
                    assertThat(spans)
                            .as(alert)
                            .allMatch(
                                    span ->
                                            fired.get(alert).stream()
                                                    .anyMatch(h -> within(span, h)));
                });
        assertThat(fired.keySet()).isEqualTo(EXPECTED.keySet());
    }

    @Test
    void everyAlertHasItsHourInThatWeek() throws Exception {
        assertThat(AlertRules.of(FILE).rules())
                .extracting(AlertRules.Rule::alert)
                .containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
    }

    @Test
    void everyMetricOfARuleIsOneThatIsTold() throws Exception {
        Observations world = Observations.well(MONDAY.plus(Duration.ofHours(12)));
        world.room = Optional.of(Known.of(new BucketRoom("s3://prod", 1000, 100)));
        world.drills.add(MONDAY);
        Scrape scrape = Scrape.of(MetricsText.of(world.judged()));
        Set<String> functions =
                Set.of(
                        "time",
                        "max",
                        "increase",
                        "absent",
                        "region",
                        "level",
                        "kind",
                        "all",
                        "base",
                        "readable",
                        "restored",
                        "h");

        for (AlertRules.Rule rule : AlertRules.of(FILE).rules()) {
            Pattern.compile("[a-z][a-z0-9_]*")
                    .matcher(rule.expr())
                    .results()
                    .map(MatchResult::group)
                    .filter(word -> !functions.contains(word))
                    .forEach(metric -> assertThat(scrape.samples(metric)).as(metric).isNotEmpty());
            assertThat(rule.severity()).isIn("critical", "warning");
            assertThat(rule.annotations()).containsKey("summary");
        }
    }

    @Test
    void theRunbooksThreeRulesStandWordForWord() throws Exception {
        assertThat(Files.readString(FILE))
                .contains(
                        """
                        - name: backup_alerts
                          rules:
                          - alert: BackupNotRun
                            expr: time() - max(backup_last_success_timestamp) > 90000
                            for: 1h
                            labels:
                              severity: critical
                            annotations:
                              summary: "Database backup has not run in 25 hours"
                          - alert: BackupFailed
                            expr: increase(backup_failures_total[1h]) > 0
                            for: 5m
                            labels:
                              severity: warning
                            annotations:
                              summary: "Database backup failed"
                          - alert: LowBackupStorage
                            expr: s3_bucket_free_bytes / s3_bucket_total_bytes < 0.1
                            for: 1h
                            labels:
                              severity: warning
                            annotations:
                              summary: "Backup storage capacity < 10%"
                        """);
    }

    private static boolean within(Span span, double hour) {
        return hour >= span.from() && hour <= span.to();
    }

    private static double hours(Instant at) {
        return Duration.between(MONDAY, at).toSeconds() / 3600.0;
    }

    /** What the monitor answers at that moment; empty while it is down. */
    private static Optional<Health> answer(Instant at) {
        double hour = hours(at);
        if (hour >= 146 && hour < 148) {
            return Optional.empty();
        }
        if (hour >= 149 && hour < 151) {
            return Optional.of(
                    HealthEvaluation.of(Observations.well(at).blind(), Goals.ofRunbook(7)));
        }
        boolean stuck = hour >= 150.75 && hour < 152;
        return Optional.of(world(stuck ? MONDAY.plus(Duration.ofMinutes(9045)) : at).judged());
    }

    private static Observations world(Instant at) {
        double hour = hours(at);
        Observations world = Observations.well(at);
        world.room =
                Optional.of(
                        Known.of(
                                new BucketRoom(
                                        "s3://prod", 1000, between(hour, 70, 73) ? 950 : 400)));
        world.drills.add(between(hour, 132, 135) ? at.minus(Duration.ofDays(40)) : at);
        if (between(hour, 26, 60)) {
            Instant tuesday = MONDAY.plus(Duration.ofHours(26));
            world.entries.removeIf(entry -> entry.facts().startedAt().compareTo(tuesday) >= 0);
            Instant proven = MONDAY.plus(Duration.ofMinutes(150));
            world.entries.add(
                    world.entries
                            .removeFirst()
                            .with(Observations.proof(VerifyLevel.RESTORED, proven, true)));
        }
        if (hour >= 63) {
            world.failures.add(
                    BackupFailure.of(BackupKind.FULL, "shop", MONDAY.plus(Duration.ofHours(63))));
        }
        wal(world, at, hour);
        proofs(world, at, hour);
        return world;
    }

    private static void wal(Observations world, Instant at, double hour) {
        Instant from = at.minus(Duration.ofDays(10));
        if (between(hour, 82, 84)) {
            world.regions.put(Role.DR, Known.of(timeline(from, at.minus(Duration.ofHours(1)), 90)));
        }
        if (between(hour, 86, 87)) {
            world.timeline = Known.of(timeline(from, at.minus(Duration.ofMinutes(20)), 100));
        }
        if (between(hour, 90, 101)) {
            world.entries.add(
                    entry(BackupKind.FULL, at.minusSeconds(600), 1000, RegionState.MISSING, true));
        }
        if (between(hour, 102, 105)) {
            var hole =
                    new Gap(
                            new WalSegment(TimelineId.FIRST, 5, Observations.SEGMENT),
                            new WalSegment(TimelineId.FIRST, 6, Observations.SEGMENT),
                            Set.of(Role.PRIMARY, Role.DR),
                            Optional.empty());
            world.timeline =
                    Known.of(
                            timeline(at.minus(Duration.ofDays(2)), at.minusSeconds(60), 100, hole));
        }
        if (between(hour, 110, 112)) {
            world.lose(Role.DR);
        }
    }

    private static void proofs(Observations world, Instant at, double hour) {
        if (between(hour, 120, 123)) {
            world.entries.replaceAll(entry -> entry.with(Optional.empty()));
            world.entries.add(
                    world.entries
                            .removeFirst()
                            .with(Observations.proof(VerifyLevel.READABLE, at, true)));
        }
        if (between(hour, 128, 130)) {
            world.entries.add(
                    entry(BackupKind.FULL, at.minusSeconds(600), 1000, RegionState.PRESENT, false));
        }
    }

    private static boolean between(double hour, double from, double to) {
        return hour >= from && hour < to;
    }
}
