package dev.lifeboat.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.BackupFailure;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.storage.Region.Role;

import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.types.MetricType;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Every answer is read by a parser that is not ours. */
class MetricsTextTest {
    private static final Instant NOON = Instant.parse("2026-04-07T12:00:00Z");
    private final Observations world = Observations.well(NOON);

    @Test
    void aParserOfTheTextFormatTakesEverySample() {
        world.room = Optional.of(Known.of(new BucketRoom("s3://prod", 1L << 40, 1L << 39)));
        world.database = Optional.of(Known.of(world.database(100L * Observations.SEGMENT, 60)));
        world.drills.add(NOON.minus(Duration.ofDays(3)));
        String text = MetricsText.of(world.judged());

        Scrape scrape = Scrape.of(text);

        assertThat(scrape.families()).extracting(MetricFamily::getName).doesNotHaveDuplicates();
        assertThat(scrape.families().stream().mapToInt(f -> f.getMetrics().size()).sum())
                .isEqualTo((int) text.lines().filter(line -> !line.startsWith("#")).count());
        assertThat(scrape.families())
                .allMatch(
                        family ->
                                family.getName().endsWith("_total")
                                        == (family.getType() == MetricType.COUNTER));
    }

    @Test
    void theRunbooksNamesAreThere() {
        world.room = Optional.of(Known.of(new BucketRoom("s3://prod", 1000, 250)));
        Scrape scrape = scrape();

        assertThat(scrape.value("backup_last_success_timestamp"))
                .contains((double) Instant.parse("2026-04-07T02:10:00Z").getEpochSecond());
        assertThat(scrape.value("backup_failures_total")).contains(0.0);
        assertThat(scrape.value("s3_bucket_free_bytes")).contains(750.0);
        assertThat(scrape.value("s3_bucket_total_bytes")).contains(1000.0);
    }

    @Test
    void onlyFullsCountForTheRunbooksNames() {
        world.entries.removeIf(entry -> entry.kind() == BackupKind.FULL);
        world.failures.add(BackupFailure.of(BackupKind.BASE, "shop", NOON));

        assertThat(scrape().value("backup_last_success_timestamp")).contains(0.0);
        assertThat(scrape().value("backup_failures_total")).contains(0.0);
        assertThat(scrape().value("lifeboat_backup_failures_total", "kind", "base")).contains(1.0);
    }

    @Test
    void whatIsKnownToBeMissingTripsEveryThreshold() {
        world.timeline = Known.of(Observations.nowhere());

        assertThat(scrape().value("lifeboat_rpo_seconds", "region", "all"))
                .contains(Double.POSITIVE_INFINITY);
        assertThat(scrape().value("lifeboat_recoverable_seconds")).contains(0.0);
    }

    @Test
    void whatIsNotKnownIsAbsentAndTheCheckTells() {
        world.lose(Role.DR);
        assertThat(scrape().value("lifeboat_rpo_seconds", "region", "dr")).isEmpty();
        assertThat(scrape().value("lifeboat_region_reachable", "region", "dr")).contains(0.0);
        assertThat(scrape().value("lifeboat_check", "check", "region", "region", "dr"))
                .contains(2.0);

        Scrape blind =
                Scrape.of(MetricsText.of(HealthEvaluation.of(world.blind(), Goals.ofRunbook(7))));
        assertThat(blind.value("backup_last_success_timestamp")).isEmpty();
        assertThat(blind.value("lifeboat_rpo_seconds", "region", "all")).isEmpty();
        assertThat(blind.value("lifeboat_healthy")).contains(0.0);
    }

    private Scrape scrape() {
        return Scrape.of(MetricsText.of(world.judged()));
    }
}
