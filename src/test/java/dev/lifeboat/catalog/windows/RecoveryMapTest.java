package dev.lifeboat.catalog.windows;

import static dev.lifeboat.catalog.windows.Archive.quarters;
import static dev.lifeboat.catalog.windows.Archive.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifeboat.storage.Region.Role;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Positions are in quarters of a segment: segment n is [4n, 4n + 4). */
class RecoveryMapTest {
    @Test
    void aWindowReachesFromTheEndOfTheBaseToTheEndOfTheRun() throws Exception {
        var map = new Archive().primary(1, 2, 9).base("a", 1, 9, 11).map();

        assertThat(map.windows())
                .containsExactly(
                        new Window(timeline(1), quarters(11), quarters(40), List.of("a"), false));
        assertThat(map.gaps()).isEmpty();
    }

    @Test
    void aBaseWhoseOwnWalIsNotWholeOpensNoWindow() throws Exception {
        var map = new Archive().primary(1, 2, 2).base("a", 1, 9, 13).map();

        assertThat(map.windows()).isEmpty();
        assertThat(map.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.first().number()).isEqualTo(3));
    }

    @Test
    void aBaseThatEndsWithTheArchiveLeavesItsStopAlone() throws Exception {
        var map = new Archive().primary(1, 2, 2).base("a", 1, 9, 12).map();

        assertThat(map.windows())
                .containsExactly(
                        new Window(timeline(1), quarters(12), quarters(12), List.of("a"), false));
    }

    @Test
    void aGapInBothRegionsSplitsTheWindowUntilTheNextBase() throws Exception {
        var holes = SegmentRuns.range(2, 20).minus(SegmentRuns.of(7));
        var map =
                new Archive()
                        .region(Role.PRIMARY, 1, holes)
                        .region(Role.DR, 1, holes)
                        .base("a", 1, 9, 11)
                        .base("b", 1, 41, 42)
                        .map();

        assertThat(map.windows())
                .extracting(Window::from, Window::to, Window::bases)
                .containsExactly(
                        tuple(quarters(11), quarters(28), List.of("a")),
                        tuple(quarters(42), quarters(84), List.of("b")));
        assertThat(map.gaps())
                .singleElement()
                .satisfies(
                        gap -> {
                            assertThat(gap.missingIn()).isEqualTo(Set.of(Role.PRIMARY, Role.DR));
                            assertThat(gap.fillableFrom()).isEmpty();
                            assertThat(gap.segments()).isEqualTo(1);
                        });
    }

    @Test
    void aHoleOfOneRegionIsFilledFromTheOther() throws Exception {
        var map =
                new Archive()
                        .region(Role.PRIMARY, 1, SegmentRuns.of(2, 3, 5, 6))
                        .region(Role.DR, 1, SegmentRuns.of(2, 3, 4))
                        .base("a", 1, 9, 11)
                        .map();

        assertThat(map.windows())
                .singleElement()
                .satisfies(window -> assertThat(window.to()).isEqualTo(quarters(28)));
        assertThat(map.gaps())
                .extracting(gap -> gap.first().number(), Gap::missingIn, Gap::fillableFrom)
                .containsExactly(
                        tuple(4L, Set.of(Role.PRIMARY), Optional.of(Role.DR)),
                        tuple(5L, Set.of(Role.DR), Optional.of(Role.PRIMARY)));
    }

    @Test
    void aRegionThatDidNotAnswerHasNoGaps() throws Exception {
        var map =
                new Archive()
                        .region(Role.PRIMARY, 1, SegmentRuns.of(2, 3, 5))
                        .unknown(Role.DR)
                        .base("a", 1, 9, 11)
                        .map();

        assertThat(map.gaps())
                .singleElement()
                .satisfies(
                        gap -> {
                            assertThat(gap.missingIn()).isEqualTo(Set.of(Role.PRIMARY));
                            assertThat(gap.fillableFrom()).isEmpty();
                        });
    }

    @Test
    void theLastSecondsBeforeAFailoverAreReachedThroughTheNewTimeline() throws Exception {
        var map =
                new Archive()
                        .primary(1, 2, 4)
                        .primary(2, 5, 8)
                        .fork(2, 1, 22)
                        .base("a", 1, 9, 11)
                        .map();

        assertThat(map.windows())
                .containsExactly(
                        new Window(timeline(1), quarters(11), quarters(22), List.of("a"), false),
                        new Window(timeline(2), quarters(22), quarters(36), List.of("a"), false));
        assertThat(map.gaps()).isEmpty();
    }

    @Test
    void whatAnOldPrimaryWroteAfterTheFailoverIsABranchLeftBehind() throws Exception {
        var map =
                new Archive()
                        .primary(1, 2, 7)
                        .primary(2, 5, 8)
                        .fork(2, 1, 22)
                        .base("a", 1, 9, 11)
                        .map();

        assertThat(map.windows())
                .containsExactly(
                        new Window(timeline(1), quarters(11), quarters(22), List.of("a"), false),
                        new Window(timeline(1), quarters(22), quarters(32), List.of("a"), true),
                        new Window(timeline(2), quarters(22), quarters(36), List.of("a"), false));
    }

    @Test
    void aNewTimelineIsNotFollowedOverFilesOfTheOldOne() throws Exception {
        var map =
                new Archive()
                        .primary(1, 2, 7)
                        .primary(2, 6, 8)
                        .fork(2, 1, 22)
                        .base("a", 1, 9, 11)
                        .map();

        assertThat(map.windows()).noneMatch(window -> window.timeline().equals(timeline(2)));
        assertThat(map.gaps())
                .singleElement()
                .satisfies(
                        gap ->
                                assertThat(gap.first().name())
                                        .isEqualTo("000000020000000000000005"));
    }

    @Test
    void whatLiesBetweenTheLastSegmentAndAForkIsAGap() throws Exception {
        var map =
                new Archive()
                        .primary(1, 2, 3)
                        .primary(2, 6, 8)
                        .fork(2, 1, 25)
                        .base("a", 1, 9, 11)
                        .map();

        assertThat(map.gaps())
                .extracting(gap -> gap.first().name(), Gap::segments)
                .containsExactly(tuple("000000010000000000000004", 2L));
    }

    @Test
    void aRunSaysWhyItEnds() throws Exception {
        var archive =
                new Archive()
                        .region(Role.PRIMARY, 1, SegmentRuns.of(2, 3, 5))
                        .unknown(Role.DR)
                        .base("a", 1, 9, 11);
        var run =
                WalChain.along(archive.tree().pathTo(timeline(1)), quarters(9), archive.holdings());

        assertThat(run.count()).isEqualTo(2);
        assertThat(run.reaches(quarters(16))).isTrue();
        assertThat(run.reaches(quarters(17))).isFalse();
        assertThat(run.hole().segment().number()).isEqualTo(4);
        assertThat(run.hole().missingIn()).containsExactly(Role.PRIMARY);
        assertThat(run.hole().unknownIn()).containsExactly(Role.DR);
        assertThat(run.hole().archiveGoesOn()).isTrue();
        assertThat(run.upTo(quarters(12))).hasSize(1);
        assertThat(run.upTo(quarters(13))).hasSize(2);
    }
}
