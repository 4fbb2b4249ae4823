package dev.lifeboat.wal.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.wal.PostgresTime;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVersion;
import dev.lifeboat.wal.archive.WalRun;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** What an index answers of a run, against going through its entries one by one. */
class WalIndexPropertyTest {
    private static final int SIZE = 1 << 20;
    private static final TimelineId ONE = TimelineId.FIRST;

    @Property(tries = 300)
    void aRunIsAnsweredAsItsEntriesSayOneByOne(
            @ForAll long seed, @ForAll @IntRange(max = 400) int count) {
        var random = new Random(seed);
        List<SegmentEntry> entries = entries(random, count);
        WalIndex index = WalIndex.of(entries);
        for (int i = 0; i < 20; i++) {
            long a = BlockName.SEGMENTS - 300L + random.nextInt(700);
            var run = new WalRun(segment(a), segment(a + random.nextInt(400)));
            List<SegmentEntry> inside =
                    entries.stream().filter(e -> run.contains(e.segment())).toList();
            Instant time = Instant.ofEpochSecond(random.nextInt(1_000));

            assertThat(index.count(run)).isEqualTo(inside.size());
            assertThat(index.commits(run))
                    .isEqualTo(inside.stream().mapToLong(SegmentEntry::commits).sum());
            assertThat(index.storedBytes(run))
                    .isEqualTo(inside.stream().mapToLong(e -> e.source().storedBytes()).sum());
            assertThat(index.firstBeyond(run, time))
                    .isEqualTo(
                            first(
                                    inside,
                                    e ->
                                            e.ended()
                                                    .filter(x -> x.latest().isAfter(time))
                                                    .isPresent()));
            assertThat(index.firstWithCommits(run)).isEqualTo(first(inside, e -> e.commits() > 0));
            assertThat(index.lastWithCommits(run))
                    .isEqualTo(first(inside.reversed(), e -> e.commits() > 0));
            long missing = index.missing(run, 1_000).stream().mapToLong(WalRun::segments).sum();
            assertThat(missing).isEqualTo(run.segments() - inside.size());
        }
        entries.forEach(e -> assertThat(index.entry(e.segment())).contains(e));
    }

    private static Optional<WalSegment> first(
            List<SegmentEntry> entries, Predicate<SegmentEntry> wanted) {
        return entries.stream().filter(wanted).findFirst().map(SegmentEntry::segment);
    }

    private static WalSegment segment(long number) {
        return new WalSegment(ONE, number, SIZE);
    }

    /** Around the border of two blocks, with some left out. */
    private static List<SegmentEntry> entries(Random random, int count) {
        List<SegmentEntry> entries = new ArrayList<>();
        long number = BlockName.SEGMENTS - 200;
        for (int i = 0; i < count; i++) {
            number += 1 + (random.nextInt(5) == 0 ? random.nextInt(3) : 0);
            WalSegment segment = segment(number);
            long commits = random.nextInt(3) == 0 ? 0 : random.nextInt(5);
            long aborts = random.nextInt(3);
            Instant time =
                    PostgresTime.instant(
                            PostgresTime.micros(Instant.ofEpochSecond(random.nextInt(1_000))));
            var commit = new IndexedCommit(5, time, segment.start());
            Optional<IndexedCommit> some = commits == 0 ? Optional.empty() : Optional.of(commit);
            entries.add(
                    new SegmentEntry(
                            segment,
                            WalVersion.POSTGRESQL_15,
                            new SegmentEntry.Source(number, random.nextInt(1_000)),
                            ONE,
                            segment.end(),
                            true,
                            false,
                            Optional.empty(),
                            commits + aborts == 0
                                    ? Optional.empty()
                                    : Optional.of(
                                            new SegmentEntry.Ended(
                                                    commits, aborts, some, some, time, time, time)),
                            List.of(),
                            List.of(),
                            SegmentEntry.Absent.NOTHING));
        }
        return entries;
    }
}
