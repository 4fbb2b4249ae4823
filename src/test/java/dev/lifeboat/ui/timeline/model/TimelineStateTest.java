package dev.lifeboat.ui.timeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.restore.RecoveryTarget;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

class TimelineStateTest {
    private static final long HOUR = Micros.HOUR;
    private static final Veils VEILS =
            Veils.of(
                    List.of(
                            new Veil(
                                    new Span(Veil.NEVER, HOUR),
                                    Veil.Reason.BEFORE_FIRST_BASE,
                                    "no base ends before"),
                            new Veil(
                                    new Span(4 * HOUR + 1, 5 * HOUR),
                                    Veil.Reason.GAP,
                                    "gap 7A–87 missing in both regions"),
                            new Veil(
                                    new Span(10 * HOUR + 1, Veil.FOREVER),
                                    Veil.Reason.AFTER_LAST_COMMIT,
                                    "after the last commit")));

    private final TimelineState state = new TimelineState(0);
    private final TimelineMoves moves = new TimelineMoves(state);

    private static Mark base(long end) {
        return new Mark(Mark.Kind.BASE_VERIFIED, end - 1000, end, "B", "", end, Optional.empty());
    }

    private static TimelineData data(Veils veils, long latest) {
        return new TimelineData(
                11 * HOUR,
                new Span(0, 11 * HOUR),
                List.of(base(HOUR), base(5 * HOUR)),
                List.of(),
                List.of(),
                List.of(
                        new GapMark(
                                new Span(4 * HOUR, 5 * HOUR),
                                14,
                                "7A–87",
                                Set.of(Lane.WAL_PRIMARY, Lane.WAL_DR),
                                GapMark.Fate.OPEN)),
                Optional.empty(),
                veils,
                OptionalLong.of(latest),
                true,
                List.of());
    }

    @BeforeEach
    void load() {
        state.show(data(VEILS, 10 * HOUR));
    }

    private long at() {
        return state.marker().orElseThrow().at();
    }

    @Test
    void beginsAtTheLastCommitAsTheEndOfTheArchive() {
        assertThat(state.marker()).map(Target::recovery).contains(RecoveryTarget.latest());
    }

    @Test
    void slidesOffAVeilAndSaysWhy() {
        state.put(4 * HOUR + 10 * Micros.MINUTE, false);

        assertThat(at()).isEqualTo(4 * HOUR);
        assertThat(state.notice())
                .isEqualTo("moved 10 m earlier: gap 7A–87 missing in both regions");
    }

    @Test
    void drawnToTheLastCommitItIsTheEndOfTheArchiveAgain() {
        state.put(2 * HOUR, false);
        state.put(10 * HOUR, true);

        assertThat(state.marker()).map(Target::recovery).contains(RecoveryTarget.latest());
    }

    @Test
    void aTimeBehindTheLastCommitNeverBecomesWhatIsArchivedLater() {
        state.put(10 * HOUR + 50 * Micros.MINUTE, false);
        assertThat(state.marker()).contains(Target.time(10 * HOUR, ""));
        assertThat(state.notice()).startsWith("moved 50 m earlier");

        state.show(data(LATER, 10 * HOUR + 7));

        assertThat(state.marker()).contains(Target.time(10 * HOUR, ""));
        assertThat(state.notice()).startsWith("moved 50 m earlier");
    }

    @Test
    void newDataThatVeilTheMarkerMoveIt() {
        state.put(7 * HOUR, false);
        Veils smaller =
                Veils.of(
                        List.of(
                                new Veil(
                                        new Span(6 * HOUR, Veil.FOREVER),
                                        Veil.Reason.AFTER_LAST_COMMIT,
                                        "after the last commit")));

        state.show(data(smaller, 6 * HOUR - 1));

        assertThat(at()).isEqualTo(6 * HOUR - 1);
        assertThat(state.notice()).contains("moved");
    }

    private static final Veils LATER =
            Veils.of(
                    List.of(
                            new Veil(
                                    new Span(10 * HOUR + 8, Veil.FOREVER),
                                    Veil.Reason.AFTER_LAST_COMMIT,
                                    "after the last commit")));

    @Test
    void aMarkerAtTheEndStaysAtTheEndThatIsArchivedMeanwhile() {
        state.setLocked(true);

        state.show(data(LATER, 10 * HOUR + 7));

        assertThat(at()).isEqualTo(10 * HOUR + 7);
        assertThat(state.notice()).isEmpty();
        assertThat(state.back()).isFalse();
    }

    @Test
    void aMarkerThatWasPutElsewhereStaysThere() {
        state.put(10 * HOUR - 1, false);

        state.show(data(LATER, 10 * HOUR + 7));

        assertThat(at()).isEqualTo(10 * HOUR - 1);
    }

    @Test
    void dragsAreRememberedOnlyWhereTheyEnd() {
        state.put(2 * HOUR, false);
        state.drag(3 * HOUR, false);
        state.drag(6 * HOUR, false);
        state.release();

        assertThat(state.back()).isTrue();
        assertThat(at()).isEqualTo(2 * HOUR);
        assertThat(state.forward()).isTrue();
        assertThat(at()).isEqualTo(6 * HOUR);
        assertThat(state.forward()).isFalse();
    }

    @Test
    void aLockedMarkerStaysAndSaysSo() {
        state.put(2 * HOUR, false);
        state.setLocked(true);
        state.put(3 * HOUR, false);

        assertThat(at()).isEqualTo(2 * HOUR);
        assertThat(state.notice()).contains("locked");
    }

    @Test
    void aPausedServersTimelineHasALowerBound() {
        state.setLowest(6 * HOUR, "already replayed: earlier needs a new restore");
        state.put(2 * HOUR, false);

        assertThat(at()).isEqualTo(6 * HOUR);
        assertThat(state.notice()).contains("earlier needs a new restore");
    }

    @Test
    void arrowsLeapOverAGapInsteadOfBouncingOffIt() {
        state.put(4 * HOUR, false);

        moves.step(1);

        assertThat(at()).isEqualTo(5 * HOUR);
        assertThat(state.notice()).contains("gap 7A–87");

        moves.step(-1);

        assertThat(at()).isEqualTo(4 * HOUR);
    }

    @Test
    void keysLeadFromBaseToBaseAndToTheGap() {
        moves.oldest();
        assertThat(at()).isEqualTo(HOUR);
        moves.base(true);
        assertThat(at()).isEqualTo(5 * HOUR);
        moves.base(true);
        assertThat(state.notice()).contains("Nothing later");
        moves.gap(true);
        assertThat(at()).isEqualTo(4 * HOUR);
        moves.latest();
        assertThat(at()).isEqualTo(10 * HOUR);
    }

    @Test
    void theSecondFocusShowsTheWholeChain() {
        state.put(7 * HOUR, false);
        state.setView(state.view().showing(new Span(2 * HOUR, 3 * HOUR)));

        moves.focus();
        assertThat(state.view().visible().contains(7 * HOUR)).isTrue();
        moves.focus();
        assertThat(state.view().visible().contains(5 * HOUR - 1000)).isTrue();
        assertThat(state.view().visible().contains(7 * HOUR)).isTrue();
    }

    @Test
    void theGhostGoesAwayWhereItIsPutTwice() {
        state.setGhost(3 * HOUR);
        assertThat(state.ghost()).isPresent();
        state.setGhost(3 * HOUR);
        assertThat(state.ghost()).isEmpty();
    }
}
