package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.catalog.windows.WalHoldings;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalTrust;
import dev.lifeboat.wal.index.RandomLog;
import dev.lifeboat.wal.index.SegmentEntry;
import dev.lifeboat.wal.index.WalIndex;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Where a plan stops when the server's clock went back, with and without the index. */
class ClockJumpPropertyTest {
    private static final String SYSTEM = Long.toUnsignedString(WalBuilder.SYSTEM);
    private static final int SEGMENTS = 6;

    @Property(tries = 10)
    void aPlanStopsWhereTheServerWouldWhateverItsClockDid(@ForAll long seed)
            throws RecoveryException {
        var log = new RandomLog(seed, SEGMENTS, true);
        TransactionLog all = log.bruteForce();
        var random = new Random(seed);
        for (WalIndex index : indexes(log, random)) {
            var resolver = new TargetResolver(trail(log, index), base(log));
            for (int i = 0; i < 15; i++) {
                RecoveryTarget target = target(all, random);
                int out = firstLeftOut(all, target);
                if (out < all.size()) {
                    assertThat(resolver.resolve(target).settings())
                            .containsEntry("recovery_target_lsn", all.start(out).toString())
                            .containsEntry("recovery_target_inclusive", "false");
                    assertThat(resolver.isEndUnproven()).isFalse();
                }
            }
        }
    }

    /** One that knows all, some of it, nothing. */
    private static List<WalIndex> indexes(RandomLog log, Random random) throws RecoveryException {
        List<SegmentEntry> all;
        try {
            all = log.entries();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        List<SegmentEntry> some = new ArrayList<>(all);
        some.removeIf(_ -> random.nextBoolean());
        return List.of(WalIndex.of(all), WalIndex.of(some), WalIndex.empty());
    }

    private static RecoveryTarget target(TransactionLog all, Random random) {
        Instant time = all.time(random.nextInt(all.size()));
        return new RecoveryTarget(
                TargetKind.TIME, time.toString(), random.nextBoolean(), Optional.empty());
    }

    private static int firstLeftOut(TransactionLog all, RecoveryTarget target) {
        return all.firstLeftOut(Instant.parse(target.value()), target.inclusive());
    }

    private static BaseFacts base(RandomLog log) {
        Lsn start = log.segments().getFirst().start().plus(40);
        return new BaseFacts(
                1,
                start,
                start,
                Instant.EPOCH,
                Instant.EPOCH,
                "",
                "",
                WalBuilder.SEGMENT_BYTES,
                true,
                List.of());
    }

    private static WalTrail trail(RandomLog log, WalIndex index) throws RecoveryException {
        var buckets = new TestBuckets();
        for (WalSegment segment : log.segments()) {
            int place = (int) (segment.number() - log.segments().getFirst().number());
            buckets.primary.put(
                    "wal/" + segment.name(),
                    ByteSource.of(log.log().content(place)),
                    PutOptions.plain());
        }
        var archive =
                new RegionWalArchive(
                        buckets.regions(), TestBuckets.RING, "", WalTrust.UNAUTHENTICATED_TOO);
        var inventory = archive.inventory(CancelToken.never());
        var tree = TimelineTree.of(List.of(), inventory.timelines());
        WalChain run =
                WalChain.along(
                        tree.pathTo(TimelineId.FIRST),
                        base(log).startLsn(),
                        WalHoldings.of(inventory, WalBuilder.SEGMENT_BYTES));
        return new ArchiveTrail(
                archive,
                SYSTEM,
                WalBuilder.SEGMENT_BYTES,
                run,
                Optional.empty(),
                index,
                CancelToken.never());
    }
}
