package dev.lifeboat.restore;

import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalEnd;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalRecord;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVisitor;
import dev.lifeboat.wal.archive.Fetched;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalExpectation;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.WalIndex;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** The trail of one run of segments in the archive. Keeps what it read last; for one thread. */
final class ArchiveTrail implements WalTrail {
    private static final int STRETCHES_KEPT = 512;

    private final WalArchive archive;
    private final WalIndex index;
    private final WalExpectation expectation;
    private final OptionalLong systemIdentifier;
    private final WalChain run;
    private final Optional<Problem> lost;
    private final TreeMap<Long, WalSegment> firstOfStretch = new TreeMap<>();
    private final int segmentBytes;
    private final CancelToken cancel;
    private final Map<Long, Stretch> kept =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Stretch> eldest) {
                    return size() > STRETCHES_KEPT;
                }
            };
    private WalSegment lastFetched;
    private byte[] lastContent;

    ArchiveTrail(
            WalArchive archive,
            String systemIdentifier,
            int segmentBytes,
            WalChain run,
            Optional<Problem> lost,
            WalIndex index,
            CancelToken cancel) {
        this.archive = archive;
        this.index = index;
        this.expectation = WalExpectation.of(systemIdentifier, segmentBytes);
        this.systemIdentifier = OptionalLong.of(Long.parseUnsignedLong(systemIdentifier));
        this.segmentBytes = segmentBytes;
        this.run = run;
        this.lost = lost;
        this.cancel = cancel;
        run.runs().forEach(s -> firstOfStretch.put(s.first().number(), s.first()));
    }

    @Override
    public Stretch read(long number) throws RecoveryException {
        Stretch stretch = kept.get(number);
        if (stretch == null) {
            cancel.check();
            stretch = scan(number);
            kept.put(number, stretch);
        }
        return stretch;
    }

    @Override
    public long segmentOf(Lsn lsn) {
        return lsn.value() >>> Integer.numberOfTrailingZeros(segmentBytes);
    }

    @Override
    public long lastOfRunFrom(long first) {
        return Math.max(first - 1, lastOfRun());
    }

    @Override
    public boolean isLastOfArchive(long number) {
        return number >= lastOfRun() && !run.hole().archiveGoesOn();
    }

    @Override
    public Optional<Problem> lost() {
        return lost;
    }

    @Override
    public OptionalLong firstBeyond(long first, long last, Instant time) {
        return firstOfAny(first, last, part -> index.firstBeyond(part, time));
    }

    @Override
    public OptionalLong firstUnknown(long first, long last) {
        return firstOfAny(
                first,
                last,
                part -> index.missing(part, 1).stream().map(WalRun::first).findFirst());
    }

    private OptionalLong firstOfAny(
            long first, long last, Function<WalRun, Optional<WalSegment>> search) {
        for (WalRun part : run.runs()) {
            long from = Math.max(first, part.first().number());
            long to = Math.min(last, part.last().number());
            if (from <= to) {
                Optional<WalSegment> found = search.apply(new WalRun(segment(from), segment(to)));
                if (found.isPresent()) {
                    return OptionalLong.of(found.get().number());
                }
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public String nameOf(long number) {
        return number > lastOfRun() ? run.hole().segment().name() : segment(number).name();
    }

    private long lastOfRun() {
        return run.runs().isEmpty() ? -1 : run.runs().getLast().last().number();
    }

    private WalSegment segment(long number) {
        WalSegment first = firstOfStretch.floorEntry(number).getValue();
        return new WalSegment(first.timeline(), number, segmentBytes);
    }

    /** A record that runs into the next segment is known only once that one was read too. */
    private Stretch scan(long number) throws RecoveryException {
        WalSegment segment = segment(number);
        var collector = new Collector(segment.end());
        var reader = new WalReader(collector, systemIdentifier);
        WalEnd end = reader.read(segment, content(segment));
        boolean open = end.isComplete() && end.openRecord().isPresent();
        if (open && number < lastOfRun()) {
            reader.read(segment(number + 1), content(segment(number + 1)));
        }
        requireArchiveQuality(end, number);
        return collector.stretch();
    }

    /**
     * Inside the run every segment must be whole; only the last one may end before its last byte.
     */
    private void requireArchiveQuality(WalEnd end, long number) throws RecoveryException {
        if (number < lastOfRun()
                || end.kind() == WalEnd.Kind.WRONG_SIZE
                || end.resumesAt().isPresent()) {
            end.requireComplete();
        }
    }

    private byte[] content(WalSegment segment) throws RecoveryException {
        if (!segment.equals(lastFetched)) {
            lastContent = fetch(segment);
            lastFetched = segment;
        }
        return lastContent;
    }

    private byte[] fetch(WalSegment segment) throws RecoveryException {
        return switch (archive.fetch(WalFileName.parse(segment.name()), expectation)) {
            case Fetched.Found found -> found.content();
            case Fetched.Unknown unknown when unknown.everyCopyDamaged() ->
                    throw new SegmentLostException(segment.name(), unknown.problem());
            case Fetched.Unknown unknown -> throw new RecoveryException(unknown.problem());
            case Fetched.Absent _ ->
                    throw new SegmentLostException(
                            segment.name(),
                            new Problem(
                                    ProblemCode.WAL_ABSENT,
                                    "Segment " + segment.name() + " is no longer in the archive.",
                                    "It was listed a moment ago, and no region of the plan has it"
                                            + " now.",
                                    "Find out what removes WAL from the bucket, then plan"
                                            + " again."));
        };
    }

    /** Gathers what starts before {@code limit}. */
    private static final class Collector implements WalVisitor {
        private final long limit;
        private final List<Ending> endings = new ArrayList<>();
        private final List<Mark> marks = new ArrayList<>();
        private long[] starts = new long[1024];
        private int count;
        private Lsn end;

        Collector(Lsn limit) {
            this.limit = limit.value();
        }

        @Override
        public void record(WalRecord record) {
            if (record.start() >= limit) {
                return;
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = record.start();
            end = new Lsn(record.end());
        }

        @Override
        public void transaction(TransactionRecord transaction) {
            WalRecord record = transaction.record();
            boolean ended = transaction.kind().isCommit() || transaction.kind().isAbort();
            if (ended && record.start() < limit) {
                endings.add(
                        new Ending(
                                Integer.toUnsignedLong(transaction.xid()),
                                transaction.time(),
                                transaction.kind().isCommit(),
                                new Lsn(record.start()),
                                new Lsn(record.end())));
            }
        }

        @Override
        public void event(WalEvent event) {
            if (event instanceof WalEvent.RestorePoint point && point.start().value() < limit) {
                marks.add(new Mark(point.name(), point.time(), point.start(), point.end()));
            }
        }

        Stretch stretch() {
            return new Stretch(
                    List.copyOf(endings),
                    List.copyOf(marks),
                    new RecordStarts(Arrays.copyOf(starts, count)),
                    Optional.ofNullable(end));
        }
    }
}
