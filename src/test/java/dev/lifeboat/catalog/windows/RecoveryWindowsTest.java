package dev.lifeboat.catalog.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region.Role;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.memory.MemoryStore;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalTrust;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** The base begins at 2:00, ends a minute later; all WAL is stored at 4:00; it is 5:00. */
class RecoveryWindowsTest {
    private static final Instant BEGUN = Instant.parse("2026-04-07T02:00:00Z");
    private static final Instant STORED = Instant.parse("2026-04-07T04:00:00Z");
    private static final Instant NOW = Instant.parse("2026-04-07T05:00:00Z");
    private static final Clock STORE_CLOCK = Clock.fixed(STORED, ZoneOffset.UTC);

    @TempDir private Path cache;

    private final TestBuckets buckets =
            new TestBuckets(
                    new MemoryStore("s3://primary", STORE_CLOCK),
                    new MemoryStore("s3://dr", STORE_CLOCK));

    @Test
    void timesComeFromTheBaseAndFromWhenTheLastSegmentWasStored() throws Exception {
        base();
        segments(2, 9);

        RecoveryTimeline timeline = read(buckets.regions());

        assertThat(timeline.windows()).hasSize(1);
        var window = timeline.windows().getFirst();
        assertThat(window.from()).isEqualTo(BEGUN.plusSeconds(60));
        assertThat(window.to()).contains(STORED);
        assertThat(window.exact()).isFalse();
        assertThat(window.window().to()).isEqualTo(Lsn.parse("0/A000000"));
        assertThat(timeline.gaps()).isEmpty();
        assertThat(timeline.dataLoss()).contains(Duration.ofHours(1));
    }

    @Test
    void aLastCommitThatCannotBeReadIsNotKnownAndSaidToBe() throws Exception {
        base();
        segments(2, 3);

        RecoveryTimeline timeline = read(buckets.regions());

        assertThat(timeline.latestRecoverable()).isEmpty();
        assertThat(timeline.notes())
                .anyMatch(note -> note.startsWith("The last commit is not known: "));
    }

    @Test
    void aRegionThatDoesNotAnswerIsNamedAndTheOtherOneShown() throws Exception {
        base();
        segments(2, 3);

        RecoveryTimeline timeline =
                read(
                        new RegionPair(
                                TestBuckets.unreachable(buckets.primary),
                                buckets.dr,
                                RegionChoice.AUTO));

        assertThat(timeline.unreachable()).containsOnlyKeys(Role.PRIMARY);
        assertThat(timeline.windows()).hasSize(1);
    }

    @Test
    void aSegmentMissingInOneRegionIsAGapThatCanBeFilled() throws Exception {
        base();
        segments(2, 9);
        TestBuckets.delete(buckets.dr, "wal/" + name(5));

        RecoveryTimeline timeline = read(buckets.regions());

        assertThat(timeline.windows()).hasSize(1);
        assertThat(timeline.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.fillableFrom()).contains(Role.PRIMARY));
    }

    @Test
    void withoutABaseThereIsNoWindow() throws Exception {
        segments(2, 9);

        RecoveryTimeline timeline = read(buckets.regions());

        assertThat(timeline.windows()).isEmpty();
        assertThat(timeline.notes()).anyMatch(note -> note.startsWith("There is no usable base"));
    }

    @Test
    void aForkIsDatedByItsHistoryFile() throws Exception {
        base();
        segments(2, 4);
        put("00000002.history", "1\t0/5800000\tno recovery target specified\n");
        put("000000020000000000000005", "segment");

        RecoveryTimeline timeline = read(buckets.regions());

        assertThat(timeline.windows()).hasSize(2);
        assertThat(timeline.windows().getFirst().window().to()).isEqualTo(Lsn.parse("0/5800000"));
        assertThat(timeline.windows().getLast().from()).isEqualTo(STORED);
        assertThat(timeline.windows().getLast().window().timeline().value()).isEqualTo(2);
    }

    @Test
    void aTimelineWithoutHistoryIsLeftOutAndNamed() throws Exception {
        base();
        segments(2, 4);
        put("000000030000000000000005", "segment");

        assertThat(read(buckets.regions()).notes())
                .anyMatch(note -> note.contains("no 00000003.history"));
    }

    private void base() {
        buckets.base(BEGUN.toString(), "0/2000028", "0/2000100", name(2));
    }

    private void segments(int first, int last) {
        for (int number = first; number <= last; number++) {
            put(name(number), "segment " + number);
        }
    }

    private void put(String name, String content) {
        buckets.put("wal/" + name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(int number) {
        return "0000000100000000%08X".formatted(number);
    }

    private RecoveryTimeline read(RegionPair regions) throws RecoveryException {
        var archive =
                new RegionWalArchive(regions, TestBuckets.RING, "", WalTrust.UNAUTHENTICATED_TOO);
        var catalog = buckets.catalog(cache).load(CancelToken.never());
        return new RecoveryWindows(archive, regions, "", Clock.fixed(NOW, ZoneOffset.UTC))
                .read(catalog, CancelToken.never());
    }
}
