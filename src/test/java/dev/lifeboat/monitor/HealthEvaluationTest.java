package dev.lifeboat.monitor;

import static dev.lifeboat.monitor.Observations.SEGMENT;
import static dev.lifeboat.monitor.Observations.entry;
import static dev.lifeboat.monitor.Observations.proof;
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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

class HealthEvaluationTest {
    private static final Instant NOON = Instant.parse("2026-04-07T12:00:00Z");
    private final Observations world = Observations.well(NOON);

    @Test
    void findsNothingInAWorldThatIsWell() {
        Health health = world.judged();

        assertThat(health.troubles()).isEmpty();
        assertThat(health.well()).isTrue();
        assertThat(health.figures().loss()).contains(Duration.ofSeconds(60));
        assertThat(health.verdict()).startsWith("All is well");
    }

    @Test
    void moreThanTheGoalWouldBeLost() {
        Instant latest = NOON.minus(Duration.ofMinutes(9)).minusSeconds(12);
        world.timeline = Known.of(timeline(NOON.minus(Duration.ofDays(9)), latest, 100));

        HealthFinding finding = only(HealthCheck.RPO, Severity.CRITICAL);

        assertThat(finding.says()).contains("9 m 12 s", "goal 5 m", "2026-04-07 11:50:48Z");
        assertThat(finding.remedy()).contains("lifeboat doctor");
        assertThat(world.judged().well()).isFalse();
    }

    @Test
    void anIdleDatabaseThatArchivedEverythingLosesNoMoreThanItsTimeout() {
        quietSince(Duration.ofHours(3));
        world.database = Optional.of(Known.of(world.database(100L * SEGMENT + 4096, 60)));

        assertThat(world.judged().figures().loss()).contains(Duration.ofSeconds(62));
        assertThat(world.judged().troubles()).isEmpty();
    }

    @Test
    void aDatabaseWithASegmentThatIsNotInTheArchiveIsNotIdle() {
        quietSince(Duration.ofHours(3));
        world.database = Optional.of(Known.of(world.database(101L * SEGMENT + 1, 60)));

        assertThat(world.judged().figures().loss()).contains(Duration.ofHours(3));
    }

    @Test
    void aDatabaseWithoutArchiveTimeoutMayHoldOldCommitsInItsSegment() {
        quietSince(Duration.ofHours(3));
        world.database = Optional.of(Known.of(world.database(100L * SEGMENT + 4096, 0)));

        assertThat(world.judged().figures().loss()).contains(Duration.ofHours(3));
    }

    @Test
    void aDatabaseOfAnotherClusterOrTimelineProvesNothing() {
        quietSince(Duration.ofHours(3));
        DatabaseFacts own = world.database(100L * SEGMENT, 60);

        world.database = Optional.of(Known.of(changed(own, "42", TimelineId.FIRST)));
        assertThat(world.judged().figures().loss()).contains(Duration.ofHours(3));
        world.database =
                Optional.of(Known.of(changed(own, Observations.CLUSTER, new TimelineId(2))));
        assertThat(world.judged().figures().loss()).contains(Duration.ofHours(3));
    }

    @Test
    void aHoleInBothRegionsIsCriticalAndOneThatCanBeFilledIsNot() {
        Instant from = NOON.minus(Duration.ofDays(10));
        Instant latest = NOON.minusSeconds(60);
        world.timeline =
                Known.of(timeline(from, latest, 100, gap(5, 7, Set.of(Role.PRIMARY, Role.DR))));
        assertThat(only(HealthCheck.GAPS, Severity.CRITICAL).says())
                .startsWith("3 needed segments");

        world.timeline = Known.of(timeline(from, latest, 100, gap(5, 5, Set.of(Role.DR))));
        assertThat(only(HealthCheck.GAPS, Severity.WARNING).remedy())
                .contains("lifeboat replicate --apply");
    }

    @Test
    void whatDrHasNotReceivedYetIsLagAndNoHole() {
        Instant from = NOON.minus(Duration.ofDays(10));
        Instant latest = NOON.minusSeconds(60);
        world.timeline = Known.of(timeline(from, latest, 100, gap(98, 99, Set.of(Role.DR))));
        world.regions.put(
                Role.DR, Known.of(timeline(from, latest.minus(Duration.ofMinutes(19)), 98)));

        Health health = world.judged();

        assertThat(health.of(HealthCheck.GAPS))
                .extracting(HealthFinding::severity)
                .containsOnly(Severity.OK);
        assertThat(health.figures().regions().get(Role.DR).behind())
                .contains(Duration.ofMinutes(19));
        HealthFinding lag = health.of(HealthCheck.DR_LAG).getFirst();
        assertThat(lag.severity()).isEqualTo(Severity.OK);
        assertThat(lag.says()).contains("19 m behind", "lacks 2 needed segments");
    }

    @Test
    void drThatLacksASegmentWithoutACommitIsNotSaidToHaveAll() {
        Instant from = NOON.minus(Duration.ofDays(10));
        Instant latest = NOON.minusSeconds(60);
        assertThat(world.judged().of(HealthCheck.DR_LAG).getFirst().says())
                .isEqualTo("The DR region has all needed WAL that the primary has.");

        world.timeline = Known.of(timeline(from, latest, 100, gap(99, 99, Set.of(Role.DR))));
        world.regions.put(Role.DR, Known.of(timeline(from, latest, 99)));

        assertThat(world.judged().of(HealthCheck.DR_LAG).getFirst().says())
                .isEqualTo("The DR region lacks 1 needed segment of WAL that the primary has.");
    }

    @Test
    void theGoalHoldsForEachRegionAlone() {
        Instant from = NOON.minus(Duration.ofDays(10));
        world.regions.put(Role.DR, Known.of(timeline(from, NOON.minus(Duration.ofMinutes(5)), 98)));
        assertThat(world.judged().of(HealthCheck.REGION))
                .extracting(HealthFinding::severity)
                .containsOnly(Severity.OK);

        world.regions.put(
                Role.DR, Known.of(timeline(from, NOON.minus(Duration.ofSeconds(734)), 98)));

        HealthFinding finding = only(HealthCheck.REGION, Severity.CRITICAL);
        assertThat(finding.region()).contains(Role.DR);
        assertThat(finding.says()).contains("12 m 14 s", "goal 5 m");
        assertThat(finding.remedy()).contains("lifeboat replicate");
    }

    @Test
    void aRegionFromWhichNothingCanBeRecoveredIsCritical() {
        world.regions.put(Role.PRIMARY, Known.of(Observations.nowhere()));

        assertThat(only(HealthCheck.REGION, Severity.CRITICAL).says())
                .isEqualTo("From the primary region alone no moment can be recovered to.");
    }

    @Test
    void drThatStaysBehindIsAWarningWithItsFigure() {
        world.regions.put(
                Role.DR,
                Known.of(
                        timeline(
                                NOON.minus(Duration.ofDays(10)),
                                NOON.minus(Duration.ofHours(2)),
                                90)));

        HealthFinding finding = only(HealthCheck.DR_LAG, Severity.WARNING);

        assertThat(finding.says()).startsWith("The DR region is 1 h 59 m behind.");
        assertThat(finding.region()).contains(Role.DR);
    }

    @Test
    void aRegionThatDoesNotAnswerIsAnAlarm() {
        world.lose(Role.DR);

        HealthFinding finding = only(HealthCheck.REGION, Severity.CRITICAL);

        assertThat(finding.says()).contains("dr region", "refused the connection");
        assertThat(finding.remedy()).isEqualTo("Look at the network.");
    }

    @Test
    void notKnowingAnythingIsNeverWell() {
        Health health = HealthEvaluation.of(world.blind(), Goals.ofRunbook(7));

        assertThat(health.well()).isFalse();
        assertThat(health.troubles())
                .extracting(HealthFinding::check)
                .contains(HealthCheck.BACKUPS, HealthCheck.RPO, HealthCheck.REGION);
    }

    @Test
    void anEmptyBucketIsAnAlarm() {
        world.entries.clear();
        world.timeline = Known.of(Observations.nowhere());

        Health health = world.judged();

        assertThat(health.of(HealthCheck.BACKUPS).getFirst().says())
                .isEqualTo("There is no usable backup at all.");
        assertThat(health.of(HealthCheck.RPO).getFirst().says()).contains("no usable base");
        assertThat(health.of(HealthCheck.FULL_AGE).getFirst().severity())
                .isEqualTo(Severity.CRITICAL);
    }

    @Test
    void silenceIsAnAlarmEvenWhenNothingFailed() {
        world.entries.removeIf(entry -> entry.facts().startedAt().isAfter(hoursAgo(60)));

        Health health = world.judged();

        assertThat(health.of(HealthCheck.FULL_AGE).getFirst().says()).contains("3 d 10 h old");
        assertThat(health.of(HealthCheck.FULL_AGE).getFirst().remedy())
                .contains("lifeboat backup full");
        assertThat(health.of(HealthCheck.BACKUP_WINDOW).getFirst().says())
                .contains("2026-04-07 02:00-04:00 UTC passed without");
    }

    @Test
    void aMissedRunIsNoticedWhenTheWindowIsOverAndNotBefore() {
        var night = Observations.well(Instant.parse("2026-04-07T03:59:00Z"));
        assertThat(night.judged().of(HealthCheck.BACKUP_WINDOW).getFirst().says())
                .contains("2026-04-06");

        var morning = Observations.well(Instant.parse("2026-04-07T04:00:00Z"));
        morning.entries.removeIf(entry -> entry.kind() == BackupKind.FULL);
        morning.entries.add(entry(BackupKind.FULL, Instant.parse("2026-04-06T04:10:00Z"), 1000));

        HealthFinding missed = morning.judged().of(HealthCheck.BACKUP_WINDOW).getFirst();
        assertThat(missed.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(missed.says()).contains("2026-04-07");
    }

    @Test
    void aRunMadeUpForAfterTheWindowIsNoMissedRun() {
        world.entries.removeIf(entry -> entry.facts().startedAt().isAfter(hoursAgo(20)));
        world.entries.add(entry(BackupKind.FULL, hoursAgo(1), 1000));

        assertThat(world.judged().of(HealthCheck.BACKUP_WINDOW).getFirst().severity())
                .isEqualTo(Severity.OK);
    }

    @Test
    void aBackupThatShrankIsAnAlarm() {
        world.entries.add(entry(BackupKind.FULL, hoursAgo(1), 400));
        assertThat(only(HealthCheck.SHRINKING, Severity.CRITICAL).says())
                .contains("400 B", "997 B (median)");

        world.entries.add(entry(BackupKind.FULL, hoursAgo(0), 700));
        assertThat(only(HealthCheck.SHRINKING, Severity.WARNING).says()).contains("700 B");
    }

    @Test
    void theWindowMustReachAsFarAsPromised() {
        world.timeline = Known.of(timeline(hoursAgo(50), NOON.minusSeconds(60), 100));

        assertThat(only(HealthCheck.PROMISED_WINDOW, Severity.WARNING).says())
                .contains("2 d 2 h", "promised 7 d");
    }

    @Test
    void noProofOrAnOldOneIsSaid() {
        world.entries.replaceAll(entry -> entry.with(Optional.empty()));
        assertThat(only(HealthCheck.VERIFIED, Severity.WARNING).says()).contains("ever");

        world.entries.add(
                world.entries.removeFirst().with(proof(VerifyLevel.READABLE, hoursAgo(49), true)));
        assertThat(only(HealthCheck.VERIFIED, Severity.WARNING).says())
                .contains("2 d 1 h ago, at level readable");
        assertThat(world.judged().of(HealthCheck.RESTORED).getFirst().says()).contains("ever");
    }

    @Test
    void aProofThatFailedIsCriticalAndAProofOfTheListingIsNoProof() {
        world.entries.add(
                world.entries.removeFirst().with(proof(VerifyLevel.LISTED, hoursAgo(1), true)));
        assertThat(world.judged().of(HealthCheck.VERIFIED).getFirst().severity())
                .isEqualTo(Severity.WARNING);

        world.entries.add(
                world.entries.removeFirst().with(proof(VerifyLevel.CHECKSUM, hoursAgo(1), false)));
        assertThat(only(HealthCheck.VERIFIED, Severity.CRITICAL).remedy())
                .contains("lifeboat verify shop_");
    }

    @Test
    void aKeyThatIsWrongIsToldBeforeAnythingThatOneGoesBackTo() {
        world.entries.removeIf(entry -> entry.kind() == BackupKind.BASE);
        world.entries.add(
                Observations.shut(
                        entry(BackupKind.BASE, hoursAgo(1), 1000, RegionState.PRESENT, false)));
        world.timeline = Known.of(Observations.timeline(hoursAgo(2), hoursAgo(1), 100));

        HealthFinding worst = world.judged().findings().getFirst();

        assertThat(worst.check()).isEqualTo(HealthCheck.KEY);
        assertThat(worst.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(worst.says())
                .startsWith("No key known here opens the newest base backup, shop_base_")
                .endsWith(Observations.SHUT.why());
        assertThat(worst.remedy()).isEqualTo(Observations.SHUT.remedy());
    }

    @Test
    void aKeyThatIsNotProvenIsCritical() {
        world.entries.add(entry(BackupKind.FULL, hoursAgo(1), 1000, RegionState.PRESENT, false));

        assertThat(only(HealthCheck.KEY, Severity.CRITICAL).remedy())
                .contains("lifeboat key fingerprint");
    }

    @Test
    void aFailedBackupIsSaidUntilOneSucceeds() {
        world.failures.add(BackupFailure.of(BackupKind.FULL, "shop", hoursAgo(2)));
        assertThat(only(HealthCheck.FAILED_BACKUP, Severity.WARNING).says())
                .contains("shop_full_20260407_100000");

        world.entries.add(entry(BackupKind.FULL, hoursAgo(1), 1000));
        assertThat(world.judged().of(HealthCheck.FAILED_BACKUP).getFirst().severity())
                .isEqualTo(Severity.OK);
        assertThat(world.judged().figures().kinds().get(BackupKind.FULL).failures()).hasValue(1);
    }

    @Test
    void aBackupThatOneRegionLacksIsUnsafe() {
        world.entries.add(entry(BackupKind.FULL, hoursAgo(1), 1000, RegionState.MISSING, true));

        HealthFinding finding = only(HealthCheck.UNSAFE_BACKUPS, Severity.WARNING);

        assertThat(finding.region()).contains(Role.DR);
        assertThat(finding.says()).contains("1 finished backup.");
    }

    @Test
    void aDrillIsOverdueOnlyOnceDrillsAreHeld() {
        assertThat(world.judged().of(HealthCheck.DRILL)).isEmpty();

        world.drills.add(NOON.minus(Duration.ofDays(40)));

        assertThat(only(HealthCheck.DRILL, Severity.WARNING).says()).contains("40 d ago");
    }

    @Test
    void littleRoomIsSaidWithItsFigures() {
        world.room = Optional.of(Known.of(new BucketRoom("s3://prod", 1000, 950)));

        assertThat(only(HealthCheck.STORAGE, Severity.WARNING).says())
                .isEqualTo("50 B of 0.98 KiB are free in s3://prod (5 %).");
    }

    @Test
    void anArchiverThatFailsIsCritical() {
        DatabaseFacts own = world.database(100L * SEGMENT, 60);
        world.database =
                Optional.of(
                        Known.of(
                                new DatabaseFacts(
                                        own.askedAt(),
                                        own.systemIdentifier(),
                                        own.timeline(),
                                        false,
                                        world.archiver(60, Optional.of(NOON)),
                                        own.writtenTo(),
                                        SEGMENT,
                                        Optional.empty(),
                                        OptionalLong.empty())));

        assertThat(only(HealthCheck.ARCHIVER, Severity.CRITICAL).says())
                .contains("3 failures", "000000010000000000000064");
    }

    @Test
    void theWorstComesFirst() {
        world.drills.add(NOON.minus(Duration.ofDays(40)));
        world.lose(Role.DR);

        assertThat(world.judged().findings())
                .isSortedAccordingTo(HealthFinding.WORST_FIRST)
                .first()
                .extracting(HealthFinding::severity)
                .isEqualTo(Severity.CRITICAL);
        assertThat(world.judged().verdict()).contains("dr region", "(and 1 more)");
    }

    @Test
    void aStandbyThatIsBehindIsToldAndSoAreTheStandbysOfAPrimary() {
        world.database = Optional.of(Known.of(behind(true, Duration.ofMinutes(10), -1)));
        assertThat(only(HealthCheck.REPLICATION, Severity.WARNING).says())
                .contains("replayed a commit last 10 m");

        world.database = Optional.of(Known.of(behind(true, Duration.ofSeconds(3), -1)));
        only(HealthCheck.REPLICATION, Severity.OK);

        world.database = Optional.of(Known.of(behind(false, Duration.ZERO, 3 << 20)));
        assertThat(only(HealthCheck.REPLICATION, Severity.OK).says()).contains("3", "behind");
    }

    private DatabaseFacts behind(boolean standby, Duration lag, long bytes) {
        DatabaseFacts own = world.database(100L * SEGMENT, 60);
        return new DatabaseFacts(
                own.askedAt(),
                own.systemIdentifier(),
                own.timeline(),
                standby,
                own.archiver(),
                own.writtenTo(),
                own.segmentBytes(),
                standby ? Optional.of(lag) : Optional.empty(),
                bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes));
    }

    private HealthFinding only(HealthCheck check, Severity severity) {
        List<HealthFinding> found =
                world.judged().of(check).stream().filter(f -> f.severity() == severity).toList();
        assertThat(found).as("%s", world.judged().troubles()).hasSize(1);
        return found.getFirst();
    }

    private void quietSince(Duration ago) {
        world.timeline = Known.of(timeline(NOON.minus(Duration.ofDays(10)), NOON.minus(ago), 100));
        world.regions.put(Role.PRIMARY, world.timeline);
        world.regions.put(Role.DR, world.timeline);
    }

    private static DatabaseFacts changed(DatabaseFacts own, String cluster, TimelineId timeline) {
        return new DatabaseFacts(
                own.askedAt(),
                cluster,
                Optional.of(timeline),
                own.standby(),
                own.archiver(),
                own.writtenTo(),
                own.segmentBytes(),
                own.replayLag(),
                own.standbyLagBytes());
    }

    private static Gap gap(long first, long last, Set<Role> missingIn) {
        return new Gap(
                new WalSegment(TimelineId.FIRST, first, SEGMENT),
                new WalSegment(TimelineId.FIRST, last, SEGMENT),
                missingIn,
                missingIn.size() == 1 ? Optional.of(Role.PRIMARY) : Optional.empty());
    }

    private static Instant hoursAgo(long hours) {
        return NOON.minus(Duration.ofHours(hours));
    }
}
