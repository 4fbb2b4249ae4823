package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

class TargetWordsTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final Optional<Goal.Transaction> LAST =
            Optional.of(ended(811, "2026-04-07T14:21:08.5Z"));
    private static final Optional<Goal.Transaction> FIRST =
            Optional.of(ended(812, "2026-04-07T14:21:09.123456Z"));

    @Test
    void aPositionIsTheTransactionItStandsBefore() {
        assertThat(words(target(TargetKind.LSN, "0/3012AB8", false), LAST, FIRST))
                .isEqualTo(
                        "just before transaction 812 of 2026-04-07 14:21:09.123456Z (16:21:09"
                                + " CEST); lsn 0/3012AB8, exclusive");
    }

    @Test
    void aTransactionThatIsIncludedIsTheOneItStandsBehind() {
        assertThat(words(target(TargetKind.XID, "811", true), LAST, FIRST))
                .isEqualTo(
                        "just after transaction 811 of 2026-04-07 14:21:08.500000Z (16:21:08"
                                + " CEST); xid 811");
    }

    @Test
    void beforeNothingThatIsKnownItStandsBehindTheLast() {
        assertThat(words(target(TargetKind.LSN, "0/3012AB8", false), LAST, Optional.empty()))
                .startsWith("just after transaction 811 of ")
                .endsWith("; lsn 0/3012AB8, exclusive");
    }

    @Test
    void aPositionBesideWhichNothingCommittedIsThePosition() {
        assertThat(
                        words(
                                target(TargetKind.LSN, "0/3012AB8", true),
                                Optional.empty(),
                                Optional.empty()))
                .isEqualTo("lsn 0/3012AB8");
    }

    @Test
    void aTimeIsWhatWasAskedForToTheMicrosecond() {
        var target =
                new RecoveryTarget(
                        TargetKind.TIME, "2026-04-07T14:30:00.25Z", false, Optional.of(2L));

        assertThat(words(target, LAST, FIRST))
                .isEqualTo(
                        "2026-04-07 14:30:00.250000Z (16:30:00 CEST), just before it, timeline 2");
    }

    @Test
    void theEndOfTheArchiveTellsItsLastTransaction() {
        assertThat(words(RecoveryTarget.latest(), LAST, Optional.empty()))
                .isEqualTo(
                        "the end of the archive, just after transaction 811 of 2026-04-07"
                                + " 14:21:08.500000Z (16:21:08 CEST)");
    }

    @Test
    void theRestIsNamed() {
        assertThat(words(target(TargetKind.NAME, "before-import", true), LAST, FIRST))
                .isEqualTo("the restore point before-import");
        assertThat(words(target(TargetKind.IMMEDIATE, "", true), LAST, FIRST))
                .isEqualTo("as soon as the base is consistent");
    }

    @Test
    void utcIsNotRepeatedWhereThereIsNoOtherZone() {
        var target =
                new RecoveryTarget(TargetKind.TIME, "2026-04-07T14:30:00Z", true, Optional.empty());

        assertThat(TargetWords.of(plan(target, LAST, FIRST), ZoneOffset.UTC))
                .isEqualTo("2026-04-07 14:30:00Z");
    }

    private static String words(
            RecoveryTarget target,
            Optional<Goal.Transaction> last,
            Optional<Goal.Transaction> first) {
        return TargetWords.of(plan(target, last, first), ROME);
    }

    private static RecoveryTarget target(TargetKind kind, String value, boolean inclusive) {
        return new RecoveryTarget(kind, value, inclusive, Optional.empty());
    }

    private static PhysicalPlan plan(
            RecoveryTarget target,
            Optional<Goal.Transaction> last,
            Optional<Goal.Transaction> first) {
        PhysicalPlan plan = Plans.physical();
        var goal =
                new Goal(
                        Map.of(),
                        plan.goal().mustReach(),
                        Optional.empty(),
                        last,
                        Optional.empty(),
                        first,
                        plan.goal().lastSegment());
        return plan.toward(
                plan.tool(), plan.plannedAt(), target, plan.timelines(), goal, plan.wal());
    }

    private static Goal.Transaction ended(long xid, String at) {
        return new Goal.Transaction(
                xid, Instant.parse(at), Lsn.parse("0/3012AB8"), Lsn.parse("0/3012AE0"));
    }
}
