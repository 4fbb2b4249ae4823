package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class TimelineTest {
    private static final int SIZE = 16 << 20;
    private static final TimelineId T1 = TimelineId.FIRST;
    private static final TimelineId T2 = new TimelineId(2);
    private static final TimelineId T3 = new TimelineId(3);
    private static final TimelineId T4 = new TimelineId(4);

    private static final String TWO = "1\t0/3000110\tno recovery target specified\n";
    private static final String THREE = TWO + "\n2\t0/5000000\tbefore 2026-04-07 14:30:00+00\n";
    private static final String FOUR = "1\t0/4A00000\tat restore point \"x\"\n";

    @Test
    void readsWhatTheServerWrites() throws RecoveryException {
        TimelineHistory history = TimelineHistory.parse(T3, "# a comment\n" + THREE);

        assertThat(history.switches())
                .containsExactly(
                        new TimelineHistory.Switch(
                                T1, Lsn.parse("0/3000110"), "no recovery target specified"),
                        new TimelineHistory.Switch(
                                T2, Lsn.parse("0/5000000"), "before 2026-04-07 14:30:00+00"));
        assertThat(history.parent().orElseThrow().timeline()).isEqualTo(T2);
        assertThat(history.begin()).isEqualTo(Lsn.parse("0/5000000"));
        assertThat(history.includes(T1)).isTrue();
        assertThat(history.includes(T4)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3\t0/3000110\tits own ancestor",
                "9\t0/3000110\tfrom the future",
                "0\t0/3000110\tno timeline",
                "99999999999\t0/1\ttoo long",
                "4294967296\t0/1\ttoo large",
                "one\t0/3000110\tno number",
                "1\t3000110\tno position",
                "1",
                "2\t0/1\ta\n1\t0/2\tb",
                "1\t0/1\ta\n1\t0/2\tb",
                "1\t0/2\ta\n2\t0/1\tb",
                "\u0000\u0000"
            })
    void refusesHistoriesThatCannotBeTrue(String content) {
        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> TimelineHistory.parse(T3, content))
                .matches(e -> e.code() == ProblemCode.WAL_DAMAGED);
    }

    @Test
    void everyPositionOfAPathBelongsToOneTimeline() throws RecoveryException {
        TimelinePath path = TimelineHistory.parse(T3, THREE).path();

        assertThat(path.at(Lsn.parse("0/300010F"))).isEqualTo(T1);
        assertThat(path.at(Lsn.parse("0/3000110"))).isEqualTo(T2);
        assertThat(path.at(Lsn.parse("0/4FFFFFF"))).isEqualTo(T2);
        assertThat(path.at(Lsn.parse("0/5000000"))).isEqualTo(T3);
        assertThat(path.target()).isEqualTo(T3);
    }

    @Test
    void aBackupMayBeFollowedUpToTheForkAndNoFurther() throws RecoveryException {
        TimelinePath path = TimelineHistory.parse(T3, THREE).path();

        assertThat(path.canStartAt(T1, Lsn.parse("0/3000110"))).isTrue();
        assertThat(path.canStartAt(T1, Lsn.parse("0/3000111"))).isFalse();
        assertThat(path.canStartAt(T2, Lsn.parse("0/3000111"))).isTrue();
        assertThat(path.canStartAt(T2, Lsn.parse("0/3000000"))).isFalse();
        assertThat(path.canStartAt(T4, Lsn.parse("0/6000000"))).isFalse();
    }

    @Test
    void offersSegmentsInTheServersOrder() throws RecoveryException {
        TimelinePath path = TimelineHistory.parse(T3, THREE).path();

        assertThat(path.candidates(2, SIZE)).containsExactly(new WalSegment(T1, 2, SIZE));
        assertThat(path.candidates(3, SIZE))
                .containsExactly(new WalSegment(T2, 3, SIZE), new WalSegment(T1, 3, SIZE));
        assertThat(path.candidates(5, SIZE).getFirst()).isEqualTo(new WalSegment(T3, 5, SIZE));
    }

    @Test
    void drawsTheForksOfSeveralHistories() throws RecoveryException {
        TimelineTree tree =
                TimelineTree.of(
                        List.of(TimelineHistory.parse(T3, THREE), TimelineHistory.parse(T4, FOUR)),
                        List.of(T1, new TimelineId(7)));

        assertThat(tree.timelines()).containsExactly(T1, T2, T3, T4);
        assertThat(tree.withoutHistory()).containsExactly(new TimelineId(7));
        assertThat(tree.forksOf(T1)).extracting(TimelineHistory::timeline).containsExactly(T2, T4);
        assertThat(tree.forksOf(T2)).extracting(TimelineHistory::timeline).containsExactly(T3);
        assertThat(tree.pathTo(T4, T1, Lsn.parse("0/4000000")).target()).isEqualTo(T4);
    }

    @Test
    void refusesAPathThatLeavesTheBackupBehind() throws RecoveryException {
        TimelineTree tree = TimelineTree.of(List.of(TimelineHistory.parse(T2, TWO)), List.of());

        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> tree.pathTo(T2, T1, Lsn.parse("0/4000000")))
                .matches(e -> e.code() == ProblemCode.TARGET_OTHER_TIMELINE)
                .withMessageContaining("0/3000110");
        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> tree.pathTo(T3))
                .matches(e -> e.code() == ProblemCode.TARGET_OTHER_TIMELINE)
                .withMessageContaining("00000003.history");
    }

    @Test
    void refusesHistoriesThatContradictEachOther() throws RecoveryException {
        var three = TimelineHistory.parse(T3, THREE);
        var otherTwo = TimelineHistory.parse(T2, "1\t0/2000000\tother\n");

        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> TimelineTree.of(List.of(three, otherTwo), List.of()))
                .matches(e -> e.code() == ProblemCode.WAL_CONFLICT);
    }
}
