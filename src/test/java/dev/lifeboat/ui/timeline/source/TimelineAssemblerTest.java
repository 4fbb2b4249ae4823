package dev.lifeboat.ui.timeline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.catalog.find.FindResult;
import dev.lifeboat.catalog.windows.IndexedArchive;
import dev.lifeboat.catalog.windows.RecoveryView;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.restore.RecoveryTarget;
import dev.lifeboat.restore.estimate.Estimator;
import dev.lifeboat.storage.Region.Role;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.ui.timeline.Answers;
import dev.lifeboat.ui.timeline.NearCommit;
import dev.lifeboat.ui.timeline.TimelineSource;
import dev.lifeboat.ui.timeline.model.Coverage.State;
import dev.lifeboat.ui.timeline.model.GapMark;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Target;
import dev.lifeboat.ui.timeline.model.TimelineData;
import dev.lifeboat.ui.timeline.model.Veil;
import dev.lifeboat.ui.timeline.model.WalLane;
import dev.lifeboat.wal.PostgresTime;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.IndexedWal;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One commit a minute from 3:01 on, two in a segment, on a base that ended at 3:00. */
class TimelineAssemblerTest {
    private static final Instant THREE = Instant.parse("2026-04-07T03:00:00Z");
    private final WalBuilder log = new WalBuilder();
    private final IndexedArchive archive = new IndexedArchive();

    private static Instant minute(int count) {
        return THREE.plusSeconds(60L * count);
    }

    private static long micros(int minutes) {
        return Micros.of(minute(minutes));
    }

    private void segments(int first, int last) throws Exception {
        for (int i = first; i <= last; i++) {
            for (int minute = 2 * i - 1; minute <= 2 * i; minute++) {
                log.filler(1, 400_000);
                log.commit(700 + minute, PostgresTime.micros(minute(minute)));
            }
            if (i == 2) {
                log.restorePoint("before_release", PostgresTime.micros(minute(4)));
            }
            log.switchSegment();
        }
        archive.put(log);
    }

    private void base(String id, int segment, Instant stop) {
        WalSegment first = log.segment(segment);
        archive.base(id, 1, first.start().plus(40), first.start().plus(48), stop);
    }

    private TimelineSource.Loaded load(RecoveryView view) throws Exception {
        return load(view, archive.catalog());
    }

    private TimelineSource.Loaded load(RecoveryView view, CatalogListing catalog) throws Exception {
        IndexedWal wal = view.wal().orElseThrow();
        var found =
                new Gathered(
                        IndexedArchive.NOW,
                        catalog,
                        view.timeline(),
                        wal.inventory(),
                        wal.index(),
                        view.answers(),
                        new Estimator(List.of()),
                        Map.of(Role.PRIMARY, "here", Role.DR, "there"));
        return new TimelineAssembler(found)
                .loaded(
                        (_, reading) -> reading.from(this::content),
                        (_, _, _) -> Map.of(),
                        (_, _, _, _) ->
                                new FindResult(
                                        List.of(),
                                        new FindResult.Scanned(
                                                Optional.empty(), Optional.empty(), false),
                                        List.of()));
    }

    private byte[] content(WalSegment segment) {
        return log.content((int) (segment.number() - log.segment(0).number()));
    }

    private RecoveryView read() throws Exception {
        RecoveryView view = archive.view();
        view.wal()
                .orElseThrow()
                .complete(
                        List.of(new WalRun(log.segment(0), log.segment(log.segmentCount() - 1))),
                        1,
                        CancelToken.never(),
                        Progress.unwatched());
        return view;
    }

    private static int states(TimelineData data, Lane lane) {
        WalLane wal = data.walLane(lane).orElseThrow();
        int all = 0;
        for (int i = 0; i < wal.coverage().size(); i++) {
            all |= wal.coverage().run(i).state().bit();
        }
        return all;
    }

    @Test
    void saysOfWhichBasesNoKeyIsKnown() throws Exception {
        segments(1, 4);
        base("b", 0, THREE);
        CatalogListing open = archive.catalog();
        var listing =
                new CatalogListing(
                        open.entries().stream().map(TimelineAssemblerTest::shut).toList(),
                        Map.of(),
                        List.of());

        TimelineSource.Loaded loaded = load(read(), listing);

        assertThat(loaded.data().notices())
                .first(STRING)
                .isEqualTo(
                        "1 of 1 bases opens with no key known here: no restore can begin from it."
                                + " Its key is 00ff. Set that one.");
        long latest = loaded.data().latest().orElseThrow();
        assertThat(loaded.solver().answer(Target.latest(latest), CancelToken.never()).chain())
                .endsWith("; ✕ no key known here opens the base");
        assertThat(load(read()).data().notices()).noneMatch(told -> told.contains("key"));
    }

    private static CatalogEntry shut(CatalogEntry base) {
        return new CatalogEntry(
                base.id(),
                base.kind(),
                base.status(),
                base.key(),
                base.facts(),
                false,
                base.regions(),
                base.obtainable(),
                base.verified(),
                Optional.of(
                        new Problem(
                                ProblemCode.KEY_WRONG,
                                "It was encrypted under another key.",
                                "Its key is 00ff.",
                                "Set that one.")));
    }

    @Test
    void showsTheBaseItsWindowAndTheLastCommit() throws Exception {
        segments(1, 4);
        base("b", 0, THREE);

        TimelineData data = load(read()).data();

        assertThat(data.oldest()).hasValue(micros(0));
        assertThat(data.latest()).hasValue(micros(8));
        assertThat(data.exact()).isTrue();
        assertThat(data.veils().at(micros(8))).isEmpty();
        assertThat(data.veils().at(micros(8) + 1))
                .hasValueSatisfying(
                        veil -> assertThat(veil.reason()).isEqualTo(Veil.Reason.AFTER_LAST_COMMIT));
        assertThat(data.veils().rest(micros(-5))).map(rest -> rest.at()).contains(micros(0));
        assertThat(data.marksOf(Lane.BASES))
                .singleElement()
                .satisfies(mark -> assertThat(mark.snapAt()).isEqualTo(micros(0)));
        assertThat(data.marksOf(Lane.POINTS))
                .extracting(Mark::label)
                .containsExactly("before_release");
    }

    @Test
    void countsCommitsWhereTheWalWasReadAndNowhereElse() throws Exception {
        segments(1, 4);
        base("b", 0, THREE);

        TimelineSource.Loaded whole = load(read());

        assertThat(whole.data().commits())
                .hasValueSatisfying(
                        commits -> {
                            assertThat(commits.count(micros(3), micros(8) + 1)).isEqualTo(6);
                            assertThat(commits.knows(micros(3), micros(8))).isTrue();
                            assertThat(commits.knows(micros(3), micros(30))).isFalse();
                        });
        assertThat(whole.commits().nearest(micros(5) + 400, Micros.SECOND)).hasValue(micros(5));
    }

    @Test
    void aSegmentInNoRegionIsAnOpenGapBelowAVeil() throws Exception {
        segments(1, 8);
        IndexedArchive.remove(archive.primary, log.segment(3));
        IndexedArchive.remove(archive.dr, log.segment(3));
        base("old", 0, THREE);
        base("new", 5, minute(11));

        TimelineData data = load(archive.view()).data();

        assertThat(State.MISSING.isIn(states(data, Lane.WAL_PRIMARY))).isTrue();
        assertThat(State.MISSING.isIn(states(data, Lane.WAL_DR))).isTrue();
        assertThat(data.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.fate()).isEqualTo(GapMark.Fate.OPEN));
        assertThat(data.veils().rest(micros(7)))
                .hasValueSatisfying(
                        rest -> {
                            assertThat(rest.at()).isEqualTo(micros(6));
                            assertThat(rest.moved().orElseThrow())
                                    .contains("earlier")
                                    .contains(log.segment(3).name());
                        });
        assertThat(data.veils().rest(micros(11) - Micros.SECOND))
                .map(r -> r.at())
                .contains(micros(11));
    }

    @Test
    void aSegmentMissingInOneRegionIsFilledFromTheOther() throws Exception {
        segments(1, 6);
        IndexedArchive.remove(archive.primary, log.segment(3));
        base("b", 0, THREE);

        TimelineSource.Loaded loaded = load(read());

        assertThat(State.FROM_OTHER.isIn(states(loaded.data(), Lane.WAL_PRIMARY))).isTrue();
        assertThat(states(loaded.data(), Lane.WAL_DR)).isEqualTo(State.HELD.bit());
        assertThat(loaded.data().gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.fate()).isEqualTo(GapMark.Fate.FILLED));
        assertThat(answer(loaded, Target.latest(micros(12))).chain())
                .contains("primary ✕ lacks 1, DR ✓ has all");
    }

    @Test
    void whatDrHasNotCopiedYetIsALagAndNoGap() throws Exception {
        segments(1, 6);
        IndexedArchive.remove(archive.dr, log.segment(4));
        IndexedArchive.remove(archive.dr, log.segment(5));
        base("b", 0, THREE);

        TimelineData data = load(read()).data();

        assertThat(State.NOT_REPLICATED.isIn(states(data, Lane.WAL_DR))).isTrue();
        assertThat(data.walLane(Lane.WAL_DR).orElseThrow().lag()).hasValue(4 * Micros.MINUTE);
        assertThat(data.gaps()).isEmpty();
    }

    @Test
    void nothingIsSaidToBeMissingWhileARegionDoesNotAnswer() throws Exception {
        segments(1, 6);
        IndexedArchive.remove(archive.primary, log.segment(3));
        base("b", 0, THREE);
        var silent =
                new RegionPair(
                        archive.primary, TestBuckets.unreachable(archive.dr), RegionChoice.AUTO);

        TimelineData data = load(archive.view(silent)).data();

        assertThat(State.MISSING.isIn(states(data, Lane.WAL_PRIMARY))).isFalse();
        assertThat(State.UNKNOWN.isIn(states(data, Lane.WAL_PRIMARY))).isTrue();
        assertThat(data.walLane(Lane.WAL_DR).orElseThrow().unreachable()).isPresent();
        assertThat(data.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.fate()).isEqualTo(GapMark.Fate.UNKNOWN));
        assertThat(data.veils().at(micros(8)))
                .hasValueSatisfying(
                        veil -> assertThat(veil.reason()).isEqualTo(Veil.Reason.NOT_KNOWN));
        assertThat(data.notices()).isNotEmpty();
    }

    @Test
    void answersCountWhatIsLostAndNameTheLastTransaction() throws Exception {
        segments(1, 4);
        base("b", 0, THREE);
        TimelineSource.Loaded loaded = load(read());

        Answers answers = answer(loaded, Target.time(micros(5), ""));

        assertThat(answers.get()).contains("03:05:00Z").contains("transaction 705");
        assertThat(answers.lose()).isEqualTo("3 m, 3 commits");
        assertThat(answers.chain()).startsWith("base b (");
        assertThat(answers.estimate()).contains(" – ").contains("ssum");
        assertThat(answer(loaded, Target.latest(micros(8))).lose())
                .isEqualTo("nothing that is archived");
    }

    @Test
    void readsTheCommitsAroundATimeInTheOrderOfTheLog() throws Exception {
        segments(1, 6);
        base("b", 0, THREE);

        List<NearCommit> commits = load(read()).reader().around(micros(6), 3, CancelToken.never());

        assertThat(commits)
                .extracting(NearCommit::xidText)
                .containsExactly("704", "705", "706", "707", "708", "709");
        assertThat(commits.get(2).before().recovery())
                .extracting(RecoveryTarget::inclusive, RecoveryTarget::value)
                .containsExactly(false, commits.get(2).start().toString());
    }

    private static Answers answer(TimelineSource.Loaded loaded, Target target) throws Exception {
        return loaded.solver().answer(target, CancelToken.never());
    }
}
