package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.catalog.windows.WalHoldings;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;
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
import dev.lifeboat.wal.index.IndexedWal;
import dev.lifeboat.wal.index.RandomLog;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Where a plan stops when the server's clock went back, with the help of the index. */
class ClockJumpPropertyTest {
    private static final String SYSTEM = Long.toUnsignedString(WalBuilder.SYSTEM);

    @Property(tries = 10)
    void aPlanStopsWhereTheServerWouldWhateverItsClockDid(@ForAll long seed)
            throws RecoveryException {
        var log = new RandomLog(seed, 6, true);
        TransactionLog all = log.bruteForce();
        TargetResolver resolver = resolver(log);
        var random = new Random(seed);
        for (int i = 0; i < 30; i++) {
            Instant target = all.time(random.nextInt(all.size()));
            boolean inclusive = random.nextBoolean();
            int out = all.firstLeftOut(target, inclusive);
            if (out == all.size()) {
                continue;
            }
            Goal goal =
                    resolver.resolve(
                            new RecoveryTarget(
                                    TargetKind.TIME,
                                    target.toString(),
                                    inclusive,
                                    Optional.empty()));

            assertThat(goal.settings())
                    .containsEntry("recovery_target_lsn", all.start(out).toString())
                    .containsEntry("recovery_target_inclusive", "false");
        }
    }

    private static TargetResolver resolver(RandomLog log) throws RecoveryException {
        var buckets = new TestBuckets();
        for (WalSegment segment : log.segments()) {
            int index = (int) (segment.number() - log.segments().getFirst().number());
            buckets.primary.put(
                    "wal/" + segment.name(),
                    ByteSource.of(log.log().content(index)),
                    PutOptions.plain());
        }
        var archive =
                new RegionWalArchive(
                        buckets.regions(), TestBuckets.RING, "", WalTrust.UNAUTHENTICATED_TOO);
        var inventory = archive.inventory(CancelToken.never());
        IndexedWal wal =
                IndexedWal.open(
                        archive,
                        inventory,
                        SYSTEM,
                        WalBuilder.SEGMENT_BYTES,
                        IndexedWal.Places.none(),
                        CancelToken.never());
        wal.complete(wal.runs(), 1, CancelToken.never(), Progress.unwatched());
        Lsn start = log.segments().getFirst().start().plus(40);
        var tree = TimelineTree.of(List.of(), inventory.timelines());
        WalChain run =
                WalChain.along(
                        tree.pathTo(TimelineId.FIRST),
                        start,
                        WalHoldings.of(inventory, WalBuilder.SEGMENT_BYTES));
        return new TargetResolver(
                new ArchiveTrail(
                        archive,
                        SYSTEM,
                        WalBuilder.SEGMENT_BYTES,
                        run,
                        wal.index(),
                        CancelToken.never()),
                new BaseFacts(
                        1,
                        start,
                        start,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        "",
                        "",
                        WalBuilder.SEGMENT_BYTES,
                        true,
                        List.of()));
    }
}
