package dev.lifeboat.backup.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.ClusterIdentity;
import dev.lifeboat.wal.archive.IndexObjects;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalPusher;
import dev.lifeboat.wal.archive.WalTrust;
import dev.lifeboat.wal.index.IndexedWal;
import dev.lifeboat.wal.index.RandomLog;
import dev.lifeboat.wal.index.SegmentEntry;
import dev.lifeboat.wal.index.WalIndex;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Five segments of a built log, pushed into two regions in memory. */
class PushIndexTest {
    private static final String SYSTEM = Long.toUnsignedString(WalBuilder.SYSTEM);
    private static final ClusterIdentity CLUSTER = new ClusterIdentity(SYSTEM, 15);
    private static final PushIndex.Terms AT_THE_END =
            new PushIndex.Terms(1_000, Duration.ofHours(1));

    @TempDir private Path data;
    private final RandomLog log = new RandomLog(17, 5, false);
    private final TestBuckets buckets = new TestBuckets();

    @BeforeEach
    void writeSegments() throws IOException {
        Files.createDirectories(data.resolve("pg_wal"));
        for (WalSegment segment : log.segments()) {
            try (var content = log.open(segment)) {
                Files.write(data.resolve("pg_wal").resolve(segment.name()), content.readAllBytes());
            }
        }
    }

    @Test
    void whatWasPushedIsInTheIndexOfBothRegionsWithoutBeingReadAgain() throws Exception {
        push(buckets.regions());

        for (ObjectStore region : List.of(buckets.primary, buckets.dr)) {
            WalIndex index = index(new RegionPair(region, null, RegionChoice.AUTO));
            List<SegmentEntry> expected = log.entries();
            assertThat(index.size()).isEqualTo(expected.size());
            for (SegmentEntry entry : expected) {
                SegmentEntry found = index.entry(entry.segment()).orElseThrow();
                assertThat(found.seconds()).isEqualTo(entry.seconds());
                assertThat(found.notes()).isEqualTo(entry.notes());
                assertThat(found.isFinal()).isTrue();
            }
        }
    }

    @Test
    void aMonthOfWalIsOneObject() throws Exception {
        push(buckets.regions());

        assertThat(keys(buckets.primary))
                .containsExactly("wal-index/00000001-000000000000.idx.zst.enc");
    }

    @Test
    void anIndexThatCannotBeWrittenHarmsNoPush() throws Exception {
        var nowhere =
                new RegionPair(TestBuckets.unreachable(buckets.primary), null, RegionChoice.AUTO);

        push(nowhere);

        assertThat(index(buckets.regions()).size()).isZero();
        for (WalSegment segment : log.segments()) {
            assertThat(buckets.primary.head("wal/" + segment.name() + ".zst.enc")).isPresent();
        }
    }

    @Test
    void aSegmentThatCannotBeReadHarmsNoPush() throws Exception {
        byte[] noise = new byte[WalBuilder.SEGMENT_BYTES];
        try (var index = new PushIndex(places(buckets.regions()), AT_THE_END)) {
            SegmentPush push = new SegmentPush(pusher(), Optional.of(index));
            String name = log.segments().getFirst().name();
            SegmentPush.Done done = push.pushMarked(directory(), name);

            index.pushed(directory(), name, noise, done.pushed());
            index.pushed(directory(), "00000002.history", noise, done.pushed());
        }

        assertThat(index(buckets.regions()).size()).isZero();
    }

    @Test
    void anIndexThatWasReplacedOrIsNotSignedIsNotBelieved() throws Exception {
        push(buckets.regions());
        String key = keys(buckets.primary).getFirst();
        Map<String, String> signed = buckets.primary.head(key).orElseThrow().metadata();
        for (Map<String, String> metadata : List.of(signed, Map.<String, String>of())) {
            for (ObjectStore region : List.of(buckets.primary, buckets.dr)) {
                region.put(
                        key,
                        ByteSource.of("a lie".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        PutOptions.plain().withMetadata(metadata));
            }

            assertThat(index(buckets.regions()).size()).isZero();
        }
    }

    @Test
    void anEntryOfAnotherObjectIsNotBelieved() throws Exception {
        push(buckets.regions());
        String key = "wal/" + log.segments().get(2).name() + ".zst.enc";
        buckets.primary.put(key, ByteSource.of(new byte[100]), PutOptions.plain());

        assertThat(index(buckets.regions()).size()).isEqualTo(log.segments().size() - 1);
    }

    private void push(RegionPair indexRegions) throws Exception {
        try (var index = new PushIndex(places(indexRegions), AT_THE_END)) {
            SegmentPush push = new SegmentPush(pusher(), Optional.of(index));
            for (WalSegment segment : log.segments()) {
                push.index(
                        directory(), segment.name(), push.pushMarked(directory(), segment.name()));
            }
        }
    }

    private DataDirectory directory() {
        return new DataDirectory(data, CLUSTER);
    }

    private WalPusher pusher() {
        return new WalPusher(buckets.regions(), TestBuckets.RING, "", () -> Optional.of(CLUSTER));
    }

    private static IndexedWal.Places places(RegionPair regions) {
        return new IndexedWal.Places(
                Optional.empty(),
                Optional.of(new IndexObjects(regions, TestBuckets.RING, "")),
                "test");
    }

    private WalIndex index(RegionPair regions) throws RecoveryException {
        var archive =
                new RegionWalArchive(
                        buckets.regions(), TestBuckets.RING, "", WalTrust.AS_THE_ARCHIVE);
        return IndexedWal.open(
                        archive,
                        archive.inventory(CancelToken.never()),
                        SYSTEM,
                        WalBuilder.SEGMENT_BYTES,
                        places(regions),
                        CancelToken.never())
                .index();
    }

    private static List<String> keys(ObjectStore store) throws RecoveryException {
        List<String> keys = new ArrayList<>();
        store.list("wal-index/", "", object -> keys.add(object.key()), CancelToken.never());
        return keys;
    }
}
