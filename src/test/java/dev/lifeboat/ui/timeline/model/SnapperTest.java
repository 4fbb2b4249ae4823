package dev.lifeboat.ui.timeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.TargetKind;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class SnapperTest {
    private static final long NOON = 12 * Micros.HOUR;
    private static final RecoveryTarget BEFORE_DROP =
            new RecoveryTarget(TargetKind.LSN, "0/5000028", false, Optional.empty());
    private static final Mark DROP =
            new Mark(
                    Mark.Kind.DAMAGE,
                    NOON,
                    NOON,
                    "DROP TABLE orders",
                    "",
                    NOON - 1,
                    Optional.of(BEFORE_DROP));
    private static final Mark BASE =
            new Mark(
                    Mark.Kind.BASE_VERIFIED,
                    NOON - 100 * Micros.SECOND,
                    NOON + Micros.SECOND,
                    "B 1",
                    "",
                    NOON + Micros.SECOND,
                    Optional.empty());
    private static final TimelineData DATA =
            new TimelineData(
                    NOON,
                    new Span(0, 2 * NOON),
                    List.of(DROP, BASE),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Veils.none(),
                    OptionalLong.of(NOON + Micros.HOUR),
                    true,
                    List.of());
    private static final CommitTimes COMMITS =
            CommitTimes.of(
                    new long[] {NOON - 20 * Micros.SECOND, NOON - 30 * Micros.SECOND},
                    new Span(NOON - Micros.MINUTE, NOON));
    private static final Viewport VIEW =
            new Viewport(NOON - 500 * Micros.SECOND, 1000 * Micros.SECOND, 1000, DATA.limits());

    private final Snapper snapper = new Snapper(DATA, COMMITS);

    @Test
    void theMomentBeforeDamageComesFirstAndIsAPositionNotATime() {
        Target target = snapper.snap(NOON + Micros.SECOND, VIEW, SnapTo.EVERYTHING);

        assertThat(target.recovery()).isEqualTo(BEFORE_DROP);
        assertThat(target.at()).isLessThan(NOON);
        assertThat(target.label()).isEqualTo("just before DROP TABLE orders");
    }

    @Test
    void aCommitIsTakenToTheMicrosecond() {
        Target target = snapper.snap(NOON - 22 * Micros.SECOND, VIEW, SnapTo.EVERYTHING);

        assertThat(target.at()).isEqualTo(NOON - 20 * Micros.SECOND);
        assertThat(target.label()).isEqualTo("commit");
    }

    @Test
    void withoutCommitsTheGridIsTaken() {
        Target target = snapper.snap(NOON - 22 * Micros.SECOND, VIEW, SnapTo.EVENTS);

        assertThat(target.at() % Snapper.step(VIEW)).isZero();
        assertThat(target.label()).isEmpty();
    }

    @Test
    void nearTheLastCommitTheEndOfTheArchiveIsMeant() {
        Viewport there = VIEW.centred(NOON + Micros.HOUR);

        Target target = snapper.snap(NOON + Micros.HOUR + 3_000_000, there, SnapTo.EVENTS);

        assertThat(target.recovery()).isEqualTo(RecoveryTarget.latest());
    }

    @Property
    void nothingIsDrawnAnywhereWhereNothingIsAskedFor(
            @ForAll @LongRange(min = 0, max = 2L * 43_200_000_000L) long time) {
        assertThat(snapper.snap(time, VIEW, SnapTo.NOTHING).at()).isEqualTo(time);
    }

    @Property
    void nothingIsDrawnFurtherThanItReaches(
            @ForAll @LongRange(min = 0, max = 2L * 43_200_000_000L) long time) {
        long moved = Math.abs(snapper.snap(time, VIEW, SnapTo.EVERYTHING).at() - time);

        assertThat(moved / VIEW.microsPerPixel()).isLessThanOrEqualTo(9.01);
    }
}
