package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class TargetResolverTest {
    private static final BaseFacts BASE =
            new BaseFacts(
                    1,
                    new Lsn(512),
                    new Lsn(640),
                    FakeTrail.EPOCH,
                    FakeTrail.EPOCH.plusSeconds(5),
                    "seg2",
                    "seg2",
                    1 << 24,
                    true,
                    List.of());

    private static final Problem DAMAGED =
            new Problem(
                    ProblemCode.OBJECT_DAMAGED,
                    "seg12 is damaged in every region: primary and dr.",
                    "It was altered.",
                    "Bring it back.");

    private final FakeTrail trail =
            new FakeTrail(20)
                    .commit(700, 528, 1)
                    .commit(701, 1024, 10)
                    .ending(702, 1040, 11, false)
                    .commit(703, 2048, 20)
                    .mark("before_deploy", 2064, 21)
                    .commit(704, 4096, 40);

    @Test
    void stopsBeforeTheFirstTransactionLaterThanTheTime() throws Exception {
        Goal goal = resolve(time(15, true));

        assertThat(goal.settings())
                .containsEntry("recovery_target_lsn", new Lsn(2048).toString())
                .containsEntry("recovery_target_inclusive", "false");
        assertThat(goal.lastIncluded().orElseThrow().xid()).isEqualTo(701);
        assertThat(goal.lastEndingAt()).contains(FakeTrail.EPOCH.plusSeconds(11));
        assertThat(goal.firstExcluded().orElseThrow().xid()).isEqualTo(703);
        assertThat(goal.mustNotPass()).contains(new Lsn(2048));
        assertThat(goal.mustReach()).isEqualTo(new Lsn(2048 - FakeTrail.RECORD + 1));
        assertThat(goal.lastSegment()).isEqualTo("seg8");
    }

    @Test
    void anIndexThatLiesOfALaterEndingIsReadBeforeItIsBelieved() throws Exception {
        trail.indexed(3, 5, 8);

        Goal goal = resolve(time(15, true));

        assertThat(goal.mustNotPass()).contains(new Lsn(2048));
        assertThat(goal.lastIncluded().orElseThrow().xid()).isEqualTo(701);
    }

    @Test
    void aTimeEqualToACommitIncludesItUnlessExclusive() throws Exception {
        assertThat(resolve(time(20, true)).lastIncluded().orElseThrow().xid()).isEqualTo(703);
        assertThat(resolve(time(20, false)).lastIncluded().orElseThrow().xid()).isEqualTo(701);
    }

    @Test
    void refusesATimeAfterTheLastTransactionAndOffersTheLastCommit() {
        assertProblem(
                () -> resolve(time(41, true)),
                ProblemCode.TARGET_AFTER_END,
                "704",
                "--target latest");
    }

    @Test
    void theTimeOfTheLastCommitOfAllIsReachedWithNothingBehindIt() throws Exception {
        Goal goal = resolve(time(40, true));

        assertThat(goal.lastIncluded().orElseThrow().xid()).isEqualTo(704);
        assertThat(goal.settings()).containsEntry("recovery_target_inclusive", "true");
    }

    @Test
    void refusesATimeBeforeTheBaseIsConsistent() {
        assertProblem(() -> resolve(time(0, true)), ProblemCode.TARGET_BEFORE_BASE, "immediate");
    }

    @Test
    void refusesATargetBehindAHoleAndOffersTheLastCommitBeforeIt() {
        trail.without(12);

        assertProblem(() -> resolve(time(30, true)), ProblemCode.TARGET_IN_GAP, "seg12", "703");
        assertProblem(
                () -> resolve(RecoveryTarget.latest()), ProblemCode.TARGET_IN_GAP, "seg12", "703");
    }

    @Test
    void refusesATargetBehindDamageInEveryCopyAndSaysWhatCanStillBeDone() {
        trail.lost(12, DAMAGED);

        for (RecoveryTarget target :
                List.of(
                        time(30, true),
                        RecoveryTarget.latest(),
                        new RecoveryTarget(TargetKind.LSN, "0/1000", true, Optional.empty()))) {
            assertThatThrownBy(() -> resolve(target))
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            refused -> {
                                Problem problem = refused.problem();
                                assertThat(problem.code()).isEqualTo(ProblemCode.TARGET_IN_GAP);
                                assertThat(problem.why())
                                        .contains("in every region: primary and dr");
                                assertThat(problem.remedy())
                                        .contains(
                                                "transaction 703 of 2026-04-07T02:00:20Z at 0/800",
                                                "--target-lsn 0/800",
                                                DAMAGED.remedy())
                                        .doesNotContain("put the segment back");
                            });
        }
    }

    @Test
    void theCommitThatIsOfferedBeforeDamageCanBeReached() throws Exception {
        trail.lost(12, DAMAGED);

        Goal goal = resolve(new RecoveryTarget(TargetKind.LSN, "0/800", true, Optional.empty()));

        assertThat(goal.lastIncluded().orElseThrow().xid()).isEqualTo(703);
    }

    @Test
    void offersTheBaseItselfWhenNothingWasCommittedBetweenItAndAHole() {
        trail.without(4);

        assertProblem(
                () -> resolve(RecoveryTarget.latest()),
                ProblemCode.TARGET_IN_GAP,
                "--target immediate");
    }

    @Test
    void aTransactionThatWasNotFoundMayLieBehindTheHole() {
        trail.lost(12, DAMAGED);

        assertProblem(
                () -> resolve(new RecoveryTarget(TargetKind.XID, "704", true, Optional.empty())),
                ProblemCode.TARGET_UNKNOWN,
                "in every region",
                "--target-lsn 0/800");
    }

    @Test
    void refusesABaseWhoseOwnWalIsMissing() {
        trail.without(2);

        assertProblem(() -> resolve(time(15, true)), ProblemCode.TARGET_IN_GAP, "seg2");
    }

    @Test
    void aTransactionIsIncludedOrStoppedBefore() throws Exception {
        Goal with = resolve(new RecoveryTarget(TargetKind.XID, "703", true, Optional.empty()));
        Goal without = resolve(new RecoveryTarget(TargetKind.XID, "703", false, Optional.empty()));

        assertThat(with.lastIncluded().orElseThrow().xid()).isEqualTo(703);
        assertThat(with.settings()).containsEntry("recovery_target_inclusive", "true");
        assertThat(without.lastIncluded().orElseThrow().xid()).isEqualTo(701);
        assertThat(without.mustNotPass()).contains(new Lsn(2048));
    }

    @Test
    void refusesATransactionThatIsNotThere() {
        assertProblem(
                () -> resolve(new RecoveryTarget(TargetKind.XID, "999", true, Optional.empty())),
                ProblemCode.TARGET_UNKNOWN,
                "999");
    }

    @Test
    void stopsBehindARestorePoint() throws Exception {
        Goal goal =
                resolve(
                        new RecoveryTarget(
                                TargetKind.NAME, "before_deploy", true, Optional.empty()));

        assertThat(goal.settings()).containsEntry("recovery_target_lsn", new Lsn(2064).toString());
        assertThat(goal.lastIncluded().orElseThrow().xid()).isEqualTo(703);
    }

    @Test
    void latestIsTheLastRecordOfTheArchive() throws Exception {
        Goal goal = resolve(RecoveryTarget.latest());

        assertThat(goal.settings())
                .containsEntry("recovery_target_lsn", new Lsn(21 * 256 - 16).toString());
        assertThat(goal.lastSegment()).isEqualTo("seg20");
        assertThat(goal.lastIncluded().orElseThrow().xid()).isEqualTo(704);
    }

    @Test
    void anLsnBetweenRecordsMeansTheNextOne() throws Exception {
        Goal goal =
                resolve(
                        new RecoveryTarget(
                                TargetKind.LSN, new Lsn(2049).toString(), true, Optional.empty()));

        assertThat(goal.settings()).containsEntry("recovery_target_lsn", new Lsn(2064).toString());
        assertThat(goal.mustNotPass()).contains(new Lsn(2080));
    }

    @Test
    void refusesAnLsnBeforeTheBaseOrBehindTheArchive() {
        assertProblem(
                () -> resolve(new RecoveryTarget(TargetKind.LSN, "0/10", true, Optional.empty())),
                ProblemCode.TARGET_BEFORE_BASE);
        assertProblem(
                () -> resolve(new RecoveryTarget(TargetKind.LSN, "1/0", true, Optional.empty())),
                ProblemCode.TARGET_AFTER_END);
    }

    @Test
    void whatEndedBeforeReplayBeginsDoesNotCount() throws Exception {
        trail.commit(699, BASE.startLsn().value() - 2 * FakeTrail.RECORD, 500);

        assertThat(resolve(time(15, true)).firstExcluded().orElseThrow().xid()).isEqualTo(703);
    }

    @Test
    void saysWhenMoreLiesBeforeTheEndThanIsKnown() throws Exception {
        var wide = new FakeTrail(400).commit(700, 528, 1).commit(701, 300 * FakeTrail.SEGMENT, 10);
        var near = new TargetResolver(trail, BASE);
        var far = new TargetResolver(wide, BASE);

        near.resolve(time(15, true));
        far.resolve(time(5, true));

        assertThat(near.isEndUnproven()).isFalse();
        assertThat(far.isEndUnproven()).isTrue();
        assertThat(wide.reads).isLessThan(1000);
    }

    @Property
    void aTimeFindsTheSameEndAsLookingAtEveryRecord(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 120) int second) throws Exception {
        var random = new Random(seed);
        var fake = new FakeTrail(30);
        var commits = new ArrayList<long[]>();
        long clock = 6;
        for (long lsn = 640; lsn < 31 * 256; lsn += FakeTrail.RECORD) {
            if (random.nextInt(12) == 0) {
                clock += random.nextInt(3);
                fake.commit(700 + commits.size(), lsn, clock);
                commits.add(new long[] {lsn, clock});
            }
        }
        var expected = commits.stream().filter(c -> c[1] > second).findFirst();

        if (expected.isPresent()) {
            Goal goal = new TargetResolver(fake, BASE).resolve(time(second, true));
            assertThat(goal.mustNotPass()).contains(new Lsn(expected.get()[0]));
            long included = commits.stream().filter(c -> c[0] < expected.get()[0]).count();
            assertThat(goal.lastIncluded().map(Goal.Transaction::xid))
                    .isEqualTo(included == 0 ? Optional.empty() : Optional.of(699 + included));
        } else if (!commits.isEmpty() && commits.getLast()[1] == second) {
            assertThat(new TargetResolver(fake, BASE).resolve(time(second, true)).lastIncluded())
                    .map(Goal.Transaction::xid)
                    .contains(699L + commits.size());
        } else {
            assertProblem(
                    () -> new TargetResolver(fake, BASE).resolve(time(second, true)),
                    ProblemCode.TARGET_AFTER_END);
        }
    }

    private Goal resolve(RecoveryTarget target) throws RecoveryException {
        return new TargetResolver(trail, BASE).resolve(target);
    }

    private static RecoveryTarget time(long seconds, boolean inclusive) {
        Instant at = FakeTrail.EPOCH.plusSeconds(seconds);
        return new RecoveryTarget(TargetKind.TIME, at.toString(), inclusive, Optional.empty());
    }

    private static void assertProblem(
            ThrowingCallable call, ProblemCode code, String... mentioned) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            for (String word : mentioned) {
                                assertThat(e.problem().toString()).contains(word);
                            }
                        });
    }
}
