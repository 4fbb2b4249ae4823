package dev.lifeboat.catalog.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.catalog.windows.RecoveryTimeline.TimedWindow;
import dev.lifeboat.catalog.windows.TargetAnswer.Reachable;
import dev.lifeboat.catalog.windows.TargetAnswer.Unreachable;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.storage.Region.Role;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.PostgresTime;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVersion;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.IndexedCommit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One commit a minute from 3:01 on, two in a segment, on a base that ended at 3:00. */
class RecoveryViewTest {
    private static final Instant THREE = Instant.parse("2026-04-07T03:00:00Z");

    @TempDir private Path cache;

    private final WalBuilder log = new WalBuilder();
    private final IndexedArchive archive = new IndexedArchive();

    @Test
    void aWindowReachesFromTheBasesEndToTheLastCommit() throws Exception {
        segments(1, 4);
        archive.put(log);
        base("b", 0, THREE);

        RecoveryTimeline timeline = archive.view().timeline();

        TimedWindow window = timeline.windows().getFirst();
        assertThat(window.exact()).isTrue();
        assertThat(window.from()).isEqualTo(THREE);
        assertThat(window.to()).contains(minute(8));
        assertThat(window.firstCommit().map(IndexedCommit::time)).contains(minute(1));
        assertThat(window.lastCommit().map(IndexedCommit::time)).contains(minute(8));
        assertThat(timeline.latestRecoverable()).contains(minute(8));
        assertThat(why(timeline, minute(8))).isEmpty();
        assertThat(why(timeline, minute(9))).contains(WhyNot.AFTER_LAST_COMMIT);
        assertThat(why(timeline, THREE.minusSeconds(30))).contains(WhyNot.INSIDE_BASE);
        assertThat(why(timeline, THREE.minusSeconds(90))).contains(WhyNot.BEFORE_FIRST_BASE);
    }

    @Test
    void aSegmentInNoRegionIsAGapAndWhatFollowsLiesBehindIt() throws Exception {
        segments(1, 8);
        archive.put(log);
        lose(3, true);
        base("old", 0, THREE);
        base("new", 5, minute(11));

        RecoveryTimeline timeline = archive.view().timeline();

        assertThat(timeline.windows()).hasSize(2);
        assertThat(timeline.windows().getFirst().to()).contains(minute(6));
        assertThat(why(timeline, minute(7))).contains(WhyNot.IN_GAP);
        assertThat(why(timeline, minute(9).plusSeconds(30))).contains(WhyNot.BEHIND_GAP);
        assertThat(why(timeline, minute(11).minusSeconds(30))).contains(WhyNot.INSIDE_BASE);
        assertThat(why(timeline, minute(12))).isEmpty();
        assertThat(timeline.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.fillableFrom()).isEmpty());
    }

    @Test
    void aTargetBehindAGapIsRefusedWithTheLastMomentBeforeIt() throws Exception {
        segments(1, 6);
        archive.put(log);
        lose(3, true);
        base("b", 0, THREE);

        TargetAnswer answer = at(archive.view(), minute(8), Optional.empty());

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        no -> {
                            assertThat(no.why()).isIn(WhyNot.IN_GAP, WhyNot.BEHIND_GAP);
                            assertThat(no.before()).contains(minute(6));
                            assertThat(no.because()).contains(log.segment(3).name());
                        });
    }

    @Test
    void aSegmentMissingInOneRegionChangesNothing() throws Exception {
        segments(1, 6);
        archive.put(log);
        lose(3, false);
        base("b", 0, THREE);

        RecoveryTimeline timeline = archive.view().timeline();

        assertThat(timeline.latestRecoverable()).contains(minute(12));
        assertThat(timeline.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.fillableFrom()).contains(Role.DR));
    }

    @Test
    void aGapIsNotProvenWhileARegionDoesNotAnswer() throws Exception {
        segments(1, 6);
        archive.put(log);
        IndexedArchive.remove(archive.primary, log.segment(3));
        base("b", 0, THREE);

        RecoveryTimeline timeline =
                archive.view(
                                new RegionPair(
                                        archive.primary,
                                        TestBuckets.unreachable(archive.dr),
                                        RegionChoice.AUTO))
                        .timeline();

        assertThat(why(timeline, minute(8))).contains(WhyNot.REGION_UNKNOWN);
    }

    @Test
    void aServerWithTooLittleWalSplitsTheWindow() throws Exception {
        segments(1, 2);
        long minimal = parameters(0);
        segments(3, 6);
        archive.put(log);
        base("old", 0, THREE);
        base("new", 4, minute(9).plusSeconds(30));
        completeAll(archive.view());

        RecoveryTimeline timeline = archive.view().timeline();

        assertThat(timeline.windows()).hasSize(2);
        assertThat(timeline.windows().getFirst().window().to()).isEqualTo(new Lsn(minimal));
        assertThat(timeline.windows().getFirst().to()).contains(minute(4));
        assertThat(why(timeline, minute(6))).contains(WhyNot.WAL_LEVEL_MINIMAL);
    }

    @Test
    void theTimeBetweenAForkAndItsFirstCommitLiesOnTheBranchThatWasLeft() throws Exception {
        segments(1, 4);
        archive.put(log);
        Lsn fork = log.segment(2).start().plus(1 << 18);
        var child = new WalBuilder(WalVersion.POSTGRESQL_15, log.segment(2).number()).onTimeline(2);
        minutes(child, 30, 31);
        archive.put(child);
        archive.history("00000002.history", "1\t" + fork + "\tno recovery target specified\n");
        base("b", 0, THREE);

        RecoveryView view = archive.view();

        assertThat(view.timeline().live()).hasSize(2);
        Optional<Blank> left = view.timeline().whyNot(minute(7));
        assertThat(left.map(Blank::why)).contains(WhyNot.ON_LEFT_BRANCH);
        assertThat(left.orElseThrow().because()).contains("--timeline 1");
        var onOne = (Reachable) at(view, minute(7), Optional.of(TimelineId.FIRST));
        assertThat(onOne.timelines()).containsExactly(TimelineId.FIRST);
        assertThat(onOne.lastIncluded().map(IndexedCommit::time)).contains(minute(7));
        var onTwo = (Reachable) at(view, minute(30), Optional.empty());
        assertThat(onTwo.timelines()).containsExactly(TimelineId.FIRST, new TimelineId(2));
        assertThat(onTwo.lastIncluded().map(IndexedCommit::time)).contains(minute(30));
    }

    @Test
    void anEntryOfAnObjectThatWasReplacedIsNotBelieved() throws Exception {
        segments(1, 3);
        archive.cachedIn(cache).put(log);
        base("b", 0, THREE);
        completeAll(archive.view());
        var other = new WalBuilder();
        minutes(other, 1, 2);
        other.switchSegment();
        minutes(other, 3, 4);
        other.switchSegment();
        minutes(other, 50, 51);
        other.switchSegment();
        archive.put(other);

        assertThat(archive.view().timeline().latestRecoverable()).contains(minute(51));
    }

    @Test
    void aCacheThatWasDamagedIsMadeAgain() throws Exception {
        segments(1, 3);
        archive.cachedIn(cache).put(log);
        base("b", 0, THREE);
        completeAll(archive.view());
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".idx")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
        }

        assertThat(archive.view().timeline().latestRecoverable()).contains(minute(6));
    }

    private Optional<WhyNot> why(RecoveryTimeline timeline, Instant time) {
        return timeline.whyNot(time).map(Blank::why);
    }

    private static TargetAnswer at(RecoveryView view, Instant time, Optional<TimelineId> timeline)
            throws Exception {
        return view.answers().orElseThrow().exactlyAt(time, true, timeline);
    }

    private void base(String id, int segment, Instant stop) {
        WalSegment first = log.segment(segment);
        archive.base(id, 1, first.start().plus(40), first.start().plus(48), stop);
    }

    private void lose(int segment, boolean everywhere) throws Exception {
        IndexedArchive.remove(archive.primary, log.segment(segment));
        if (everywhere) {
            IndexedArchive.remove(archive.dr, log.segment(segment));
        }
    }

    /** Segments with the commits of two minutes each. */
    private void segments(int first, int last) {
        for (int i = first; i <= last; i++) {
            minutes(log, 2 * i - 1, 2 * i);
            log.switchSegment();
        }
    }

    private static void minutes(WalBuilder log, int first, int last) {
        for (int minute = first; minute <= last; minute++) {
            log.filler(1, 400_000);
            log.commit(700 + minute, PostgresTime.micros(minute(minute)));
        }
    }

    private static Instant minute(int count) {
        return THREE.plusSeconds(60L * count);
    }

    private void completeAll(RecoveryView view) throws Exception {
        view.wal()
                .orElseThrow()
                .complete(
                        List.of(new WalRun(log.segment(0), log.segment(log.segmentCount() - 1))),
                        1,
                        CancelToken.never(),
                        Progress.unwatched());
        view.wal().orElseThrow().publish();
    }

    /** A change of parameters to this wal_level. */
    private long parameters(int walLevel) {
        byte[] main = new byte[28];
        main[20] = (byte) walLevel;
        return log.record(0, 0x60, 0, main);
    }
}
