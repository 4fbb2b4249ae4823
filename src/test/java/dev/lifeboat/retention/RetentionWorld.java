package dev.lifeboat.retention;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.catalog.windows.RecoveryWindows;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.memory.MemoryStore;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.RegionWalArchive;
import dev.lifeboat.wal.archive.WalTrust;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Two regions in memory whose time the test sets, with backups and WAL of a few bytes. */
final class RetentionWorld {
    static final int SEGMENT = WalSegment.DEFAULT_SIZE_BYTES;

    Instant now = Instant.parse("2025-01-06T02:00:00Z");
    final Clock clock = new Settable();
    final MemoryStore primary = new MemoryStore("s3://primary", clock);
    final MemoryStore dr = new MemoryStore("s3://dr", clock);
    final TestBuckets buckets = new TestBuckets(primary, dr);
    final Catalog catalog;
    RetentionRules rules = RetentionRules.runbook(30, 7);
    long nextSegment = 1;

    RetentionWorld(Path cache) {
        catalog = buckets.catalog(cache);
    }

    private final class Settable extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** A full begun now; gives its id. */
    String full() {
        return buckets.full(now.toString());
    }

    /** A base that begins in the next segment and ends there, with that segment; gives its id. */
    String base() {
        return base(TestBuckets.CLUSTER, TestBuckets.RING);
    }

    /** The same, of this cluster and under this ring's current key. */
    String base(String cluster, KeyRing ring) {
        WalSegment segment = segment(nextSegment);
        Lsn start = segment.start().plus(0x28);
        String id =
                buckets.base(
                        cluster,
                        ring,
                        now.toString(),
                        start.toString(),
                        start.plus(0x100).toString(),
                        segment.name());
        wal(1);
        return id;
    }

    /** The next segments of timeline 1, into both regions. */
    void wal(int count) {
        for (int i = 0; i < count; i++) {
            buckets.put("wal/" + segment(nextSegment++).name(), new byte[] {1});
        }
    }

    static WalSegment segment(long number) {
        return new WalSegment(TimelineId.FIRST, number, SEGMENT);
    }

    boolean has(String walOf) throws RecoveryException {
        return primary.head("wal/" + walOf).isPresent();
    }

    RecoveryWindows windows() {
        return new RecoveryWindows(
                new RegionWalArchive(
                        buckets.regions(), TestBuckets.RING, "", WalTrust.AS_THE_ARCHIVE),
                buckets.regions(),
                "",
                clock);
    }

    RecoveryTimeline timeline() throws RecoveryException {
        return windows().read(catalog.load(CancelToken.never()), CancelToken.never());
    }

    Holds holds() {
        return new Holds(buckets.regions(), TestBuckets.KEYS);
    }

    RetentionPlanner planner() {
        return new RetentionPlanner(
                catalog,
                windows(),
                buckets.regions(),
                buckets.regions(),
                "",
                holds(),
                rules,
                clock);
    }

    RetentionPlan plan() throws RecoveryException {
        return planner().plan(CancelToken.never());
    }

    Cleanup cleanup() {
        return new Cleanup(
                planner(),
                buckets.regions(),
                buckets.regions(),
                new Leases(primary, "", Duration.ofMinutes(15), clock));
    }

    Cleanup.Outcome clean() throws RecoveryException {
        return cleanup().applyNow("test", CancelToken.never(), Progress.unwatched());
    }
}
