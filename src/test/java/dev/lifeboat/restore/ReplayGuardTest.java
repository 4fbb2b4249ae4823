package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.PostgresTime;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalEvent.WalLevel;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalVersion;
import dev.lifeboat.wal.WalVisitor;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What the guard forbids before a server is on disk; the rest is shown on real ones. */
class ReplayGuardTest {
    private static final long TARGET =
            PostgresTime.micros(Plans.START.plus(30, ChronoUnit.MINUTES));
    private static final long TOO_LATE = TARGET + 1;

    private final PhysicalPlan plan = Plans.physical();
    private final Lsn end = plan.goal().mustNotPass().orElseThrow();
    private ReplayGuard guard;

    @BeforeEach
    void guardThePlan() throws RecoveryException {
        guard = new ReplayGuard(new RestoreSite(plan, null, null, null));
    }

    @Test
    void forbidsAStretchThatWasWrittenWithWalLevelMinimal() {
        assertThatThrownBy(() -> guard.see(change(end.plus(-40), WalLevel.MINIMAL)))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ProblemCode.TARGET_IN_GAP);
                            assertThat(refused.problem().remedy())
                                    .contains(end.plus(-40).toString());
                        });
    }

    @Test
    void letsEveryOtherLevelThrough() {
        assertThatCode(() -> guard.see(change(end.plus(-40), WalLevel.LOGICAL)))
                .doesNotThrowAnyException();
    }

    @Test
    void hasNothingAgainstWhatLiesBehindTheEnd() {
        assertThatCode(() -> guard.see(change(end, WalLevel.MINIMAL))).doesNotThrowAnyException();
    }

    @Test
    void objectsToATransactionThatEndedTooLateForTheTargetBeforeThePlannedEnd() throws Exception {
        var log = new WalBuilder(WalVersion.POSTGRESQL_15, 0x3F);
        log.commit(700, TOO_LATE);
        log.switchSegment();
        log.commit(701, TARGET);
        long late = log.abort(702, TOO_LATE);
        while (log.position() < end.value()) {
            log.filler(703, (int) Math.min(200_000, end.value() - log.position()));
        }
        log.commit(704, TOO_LATE);

        List<Problem> told = objections(log);

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().code()).isEqualTo(ProblemCode.TARGET_AMBIGUOUS);
        assertThat(told.getFirst().why()).contains("702", new Lsn(late).toString());
        assertThat(told.getFirst().remedy())
                .contains("--target-lsn " + new Lsn(late), end.toString());
    }

    @Test
    void hasNothingAgainstLateTransactionsWhereTheTargetIsNoTime() throws Exception {
        guard =
                new ReplayGuard(
                        new RestoreSite(
                                plan.toward(
                                        plan.tool(),
                                        plan.plannedAt(),
                                        RecoveryTarget.latest(),
                                        plan.timelines(),
                                        plan.goal(),
                                        plan.wal()),
                                null,
                                null,
                                null));
        var log = new WalBuilder(WalVersion.POSTGRESQL_15, 0x40);
        log.commit(700, TARGET);
        log.commit(701, TOO_LATE);

        assertThat(objections(log)).isEmpty();
    }

    private List<Problem> objections(WalBuilder log) throws RecoveryException {
        List<Problem> told = new ArrayList<>();
        var reader =
                new WalReader(
                        new WalVisitor() {
                            @Override
                            public void transaction(TransactionRecord transaction) {
                                guard.objectionTo(transaction).ifPresent(told::add);
                            }
                        });
        for (int i = 0; i < log.segmentCount(); i++) {
            reader.read(log.segment(i), log.content(i));
        }
        return told;
    }

    private static WalEvent change(Lsn at, WalLevel level) {
        return new WalEvent.ParameterChange(
                at, at.plus(40), 100, 8, 10, 0, 64, level, false, false);
    }
}
