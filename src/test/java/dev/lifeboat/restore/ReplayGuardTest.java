package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalEvent.WalLevel;

import org.junit.jupiter.api.Test;

/** What the guard forbids before a server is on disk; the rest is shown on real ones. */
class ReplayGuardTest {
    private final PhysicalPlan plan = Plans.physical();
    private final Lsn end = plan.goal().mustNotPass().orElseThrow();
    private final ReplayGuard guard = new ReplayGuard(new RestoreSite(plan, null, null, null));

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

    private static WalEvent change(Lsn at, WalLevel level) {
        return new WalEvent.ParameterChange(
                at, at.plus(40), 100, 8, 10, 0, 64, level, false, false);
    }
}
