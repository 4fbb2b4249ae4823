package dev.lifeboat.restore;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A trail of small segments (256 bytes) with a record every 16 bytes. */
final class FakeTrail implements WalTrail {
    static final int SEGMENT = 256;
    static final int RECORD = 16;
    static final Instant EPOCH = Instant.parse("2026-04-07T02:00:00Z");

    private final TreeMap<Long, List<Ending>> endings = new TreeMap<>();
    private final TreeMap<Long, List<Mark>> marks = new TreeMap<>();
    private final java.util.Set<Long> missing = new java.util.HashSet<>();
    private final long lastArchived;
    private Optional<Problem> lost = Optional.empty();
    private final java.util.TreeSet<Long> toldLate = new java.util.TreeSet<>();
    private boolean indexed;
    int reads;

    FakeTrail(long lastArchived) {
        this.lastArchived = lastArchived;
    }

    FakeTrail commit(long xid, long lsn, long seconds) {
        return ending(xid, lsn, seconds, true);
    }

    FakeTrail ending(long xid, long lsn, long seconds, boolean committed) {
        endings.computeIfAbsent(lsn / SEGMENT, n -> new ArrayList<>())
                .add(
                        new Ending(
                                xid,
                                EPOCH.plusSeconds(seconds),
                                committed,
                                new Lsn(lsn),
                                new Lsn(lsn + RECORD)));
        return this;
    }

    FakeTrail mark(String name, long lsn, long seconds) {
        marks.computeIfAbsent(lsn / SEGMENT, n -> new ArrayList<>())
                .add(
                        new Mark(
                                name,
                                EPOCH.plusSeconds(seconds),
                                new Lsn(lsn),
                                new Lsn(lsn + RECORD)));
        return this;
    }

    /** The segment behind the run is there and cannot be served. */
    FakeTrail lost(long segment, Problem why) {
        missing.add(segment);
        lost = Optional.of(why);
        return this;
    }

    @Override
    public Optional<Problem> lost() {
        return lost;
    }

    FakeTrail without(long segment) {
        missing.add(segment);
        return this;
    }

    /** An index that knows every segment and tells of these that something ended too late there. */
    FakeTrail indexed(long... late) {
        indexed = true;
        for (long segment : late) {
            toldLate.add(segment);
        }
        return this;
    }

    @Override
    public OptionalLong firstBeyond(long first, long last, Instant time) {
        Long told = toldLate.ceiling(first);
        return told == null || told > last ? OptionalLong.empty() : OptionalLong.of(told);
    }

    @Override
    public OptionalLong firstUnknown(long first, long last) {
        return indexed ? OptionalLong.empty() : WalTrail.super.firstUnknown(first, last);
    }

    @Override
    public Stretch read(long number) {
        reads++;
        long[] starts = new long[SEGMENT / RECORD];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = number * SEGMENT + (long) i * RECORD;
        }
        return new Stretch(
                endings.getOrDefault(number, List.of()),
                marks.getOrDefault(number, List.of()),
                new RecordStarts(starts),
                Optional.of(new Lsn((number + 1) * SEGMENT)));
    }

    @Override
    public long segmentOf(Lsn lsn) {
        return Long.divideUnsigned(lsn.value(), SEGMENT);
    }

    @Override
    public long lastOfRunFrom(long first) {
        long number = first;
        while (number <= lastArchived && !missing.contains(number)) {
            number++;
        }
        return number - 1;
    }

    @Override
    public boolean isLastOfArchive(long number) {
        return number >= lastArchived;
    }

    @Override
    public String nameOf(long number) {
        return "seg" + number;
    }
}
