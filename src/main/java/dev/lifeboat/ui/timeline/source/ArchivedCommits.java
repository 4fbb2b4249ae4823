package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.windows.SegmentRuns;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.CommitReader;
import dev.lifeboat.ui.timeline.NearCommit;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.WalReader;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads commits from the segments around a time: first the one that was written then with its
 * neighbours, then twice as many, until there are enough.
 */
final class ArchivedCommits implements CommitReader {
    private static final int MOST_SEGMENTS = 32;

    private final LivePath path;
    private final SegmentTimes times;
    private final SegmentRuns held;
    private final Segments segments;

    /** Gives the content of a segment. */
    @FunctionalInterface
    interface Segments {
        byte[] content(WalSegment segment) throws RecoveryException;
    }

    /**
     * @param held what some region holds of the path
     */
    ArchivedCommits(LivePath path, SegmentTimes times, SegmentRuns held, Segments segments) {
        this.path = path;
        this.times = times;
        this.held = held;
        this.segments = segments;
    }

    @Override
    public List<NearCommit> around(long time, int each, CancelToken cancel)
            throws RecoveryException {
        long middle = times.numberAt(time);
        SegmentRuns.Run run = runAt(middle);
        for (int reach = 1; ; reach *= 2) {
            long from = Math.max(run.first(), middle - reach);
            long to = Math.min(run.last(), middle + reach);
            List<NearCommit> found = read(from, to, cancel);
            long before = found.stream().filter(commit -> Micros.of(commit.time()) <= time).count();
            boolean enough =
                    (before >= each || from == run.first())
                            && (found.size() - before >= each || to == run.last());
            if (enough || 2 * reach >= MOST_SEGMENTS) {
                return cut(found, (int) before, each);
            }
        }
    }

    /** The unbroken segments around one: what lies beyond a gap tells nothing of here. */
    private SegmentRuns.Run runAt(long number) throws RecoveryException {
        return held.runs().stream()
                .filter(run -> run.first() <= number && number <= run.last())
                .findFirst()
                .orElseThrow(
                        () ->
                                new RecoveryException(
                                        ProblemCode.WAL_ABSENT,
                                        Messages.text("timeline.commits.noWal"),
                                        Messages.text("timeline.commits.noWal.why", name(number)),
                                        Messages.text("timeline.commits.gone.remedy")));
    }

    private String name(long number) {
        return new WalSegment(path.path().target(), number, path.segmentBytes()).name().toString();
    }

    private static List<NearCommit> cut(List<NearCommit> found, int before, int each) {
        return found.subList(Math.max(0, before - each), Math.min(found.size(), before + each));
    }

    private List<NearCommit> read(long from, long to, CancelToken cancel) throws RecoveryException {
        var log = new TransactionLog();
        var reader = new WalReader(log);
        for (WalRun own : path.owned()) {
            long first = Math.max(from, own.first().number());
            long last = Math.min(to, own.last().number());
            for (long number = first; number <= last; number++) {
                cancel.check();
                var segment = new WalSegment(own.first().timeline(), number, path.segmentBytes());
                if (!reader.read(segment, segments.content(segment)).isComplete()) {
                    return commits(log);
                }
            }
        }
        return commits(log);
    }

    private static List<NearCommit> commits(TransactionLog log) {
        List<NearCommit> commits = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            if (!log.isAbort(i)) {
                commits.add(new NearCommit(log.time(i), log.xid(i), log.start(i)));
            }
        }
        return commits;
    }
}
