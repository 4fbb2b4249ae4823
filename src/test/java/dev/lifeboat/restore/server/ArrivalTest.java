package dev.lifeboat.restore.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.Goal;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The end of replay is asserted: by pause, by both positions, by the source's clock. */
class ArrivalTest {
    private static final Instant COMMIT = Instant.parse("2026-04-07T14:29:59.5Z");
    private static final Lsn REACH = Lsn.parse("0/5000100");
    private static final Lsn STOP = Lsn.parse("0/5000200");

    @Test
    void isContentAtTheEndOfThePlan() {
        assertThatCode(() -> new Arrival(STOP, Optional.of(COMMIT), true).require(exclusive()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAServerThatDoesNotPause() {
        refused(new Arrival(STOP, Optional.of(COMMIT), false), exclusive(), "does not pause");
    }

    @Test
    void refusesAServerShortOfTheEnd() {
        refused(new Arrival(REACH.plus(-1), Optional.empty(), true), exclusive(), "must have come");
    }

    @Test
    void refusesAServerBeyondTheEnd() {
        refused(new Arrival(STOP.plus(8), Optional.empty(), true), exclusive(), "not have passed");
    }

    @Test
    void refusesAServerWhoseLastTransactionIsOfAnotherTime() {
        refused(
                new Arrival(STOP, Optional.of(COMMIT.plusMillis(1)), true),
                exclusive(),
                "last transaction it replayed");
    }

    @Test
    void takesNoTimeForNoAnswer() {
        assertThatCode(() -> new Arrival(STOP, Optional.empty(), true).require(exclusive()))
                .doesNotThrowAnyException();
    }

    @Test
    void knowsThatACommitTheServerStopsBehindIsNotCounted() {
        Goal atTheCommit = goal("true", Lsn.parse("0/50000D0"));
        assertThatCode(
                        () ->
                                new Arrival(STOP, Optional.of(COMMIT.minusSeconds(9)), true)
                                        .require(atTheCommit))
                .doesNotThrowAnyException();
        refused(
                new Arrival(STOP, Optional.of(COMMIT.minusSeconds(9)), true),
                goal("true", Lsn.parse("0/50000F0")),
                "last transaction it replayed");
    }

    private static void refused(Arrival arrival, Goal goal, String why) {
        assertThatThrownBy(() -> arrival.require(goal))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining(why);
    }

    private static Goal exclusive() {
        return goal("false", STOP);
    }

    private static Goal goal(String inclusive, Lsn target) {
        return new Goal(
                Map.of(
                        "recovery_target_lsn",
                        target.toString(),
                        "recovery_target_inclusive",
                        inclusive),
                REACH,
                Optional.of(STOP),
                Optional.of(new Goal.Transaction(7, COMMIT, Lsn.parse("0/50000D0"), REACH)),
                Optional.of(COMMIT),
                Optional.empty(),
                "000000010000000000000005");
    }
}
