package dev.lifeboat.wal.index;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.RelationFile;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalSegment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A log of some segments with commits, aborts, a clock that may go back, rows and names. */
public final class RandomLog {
    /** 2026-04-07 02:00:00 UTC. */
    public static final long BEGIN = 828_756_000_000_000L;

    private static final RelationFile RELATION = new RelationFile(1663, 5, 16_400);

    private final WalBuilder log = new WalBuilder();
    private final Random random;

    /**
     * @param jumps whether the clock goes back now and then
     */
    public RandomLog(long seed, int segments, boolean jumps) {
        random = new Random(seed);
        long clock = BEGIN;
        int xid = 700;
        while (log.segmentCount() < segments) {
            clock += random.nextInt(3) == 0 ? random.nextInt(3_000_000) : random.nextInt(2_000);
            if (jumps && random.nextInt(40) == 0) {
                clock -= random.nextInt(20_000_000);
            }
            act(clock, xid++);
        }
        log.switchSegment();
    }

    private void act(long clock, int xid) {
        switch (random.nextInt(8)) {
            case 0 -> log.abort(xid, clock);
            case 1 -> log.filler(xid, random.nextInt(200_000));
            case 2 -> log.restorePoint("point " + xid, clock);
            case 3 -> {
                for (int i = random.nextInt(250); i >= 0; i--) {
                    log.row(0x10, xid, RELATION);
                }
                log.commit(xid, clock);
            }
            default -> log.commit(xid, clock);
        }
    }

    public WalBuilder log() {
        return log;
    }

    public List<WalSegment> segments() {
        List<WalSegment> all = new ArrayList<>();
        for (int i = 0; i < log.segmentCount(); i++) {
            all.add(log.segment(i));
        }
        return all;
    }

    /** A segment's content as a source gives it. */
    public InputStream open(WalSegment segment) {
        int index = (int) (segment.number() - log.segment(0).number());
        return new ByteArrayInputStream(log.content(index));
    }

    /** Every segment's entry. */
    public List<SegmentEntry> entries() throws IOException, RecoveryException {
        var indexer = new SegmentIndexer(this::open, WalBuilder.SYSTEM);
        List<SegmentEntry> entries = new ArrayList<>();
        List<WalSegment> all = segments();
        for (int i = 0; i < all.size(); i++) {
            Optional<WalSegment> next =
                    i + 1 < all.size() ? Optional.of(all.get(i + 1)) : Optional.empty();
            entries.add(indexer.index(all.get(i), next, new SegmentEntry.Source(i + 1, 1000L + i)));
        }
        return entries;
    }

    /** What reading all of it in one go says. */
    public TransactionLog bruteForce() throws RecoveryException {
        var told = new TransactionLog();
        var reader = new WalReader(told);
        for (int i = 0; i < log.segmentCount(); i++) {
            reader.read(log.segment(i), log.content(i));
        }
        return told;
    }
}
