package dev.lifeboat.restore.spool;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.SegmentLostException;
import dev.lifeboat.restore.WalNeed;

/** Brings one WAL file into the spool, asking as long as asking may help. */
final class SegmentFetch {
    private final SpoolRun run;
    private final WalNeed need;
    private final SegmentSource source;
    private final FillerLimits limits;
    private final CancelToken cancel;
    private final Progress progress;

    SegmentFetch(
            SpoolRun run,
            WalNeed need,
            SegmentSource source,
            FillerLimits limits,
            CancelToken cancel,
            Progress progress) {
        this.run = run;
        this.need = need;
        this.source = source;
        this.limits = limits;
        this.cancel = cancel;
        this.progress = progress;
    }

    /** What looks at a file before the server may take it. */
    interface Screen {
        void look(String name, byte[] content) throws RecoveryException;
    }

    /**
     * Makes the file ready.
     *
     * @param screen looks at the content before
     * @return the region it came from
     * @throws SegmentLostException WAL_ABSENT when every region proved that it has no such file;
     *     the damage when no copy of it is good
     * @throws RecoveryException what prevents a good answer when that does not pass
     */
    String bring(String name, Screen screen) throws RecoveryException {
        long began = System.nanoTime();
        while (true) {
            cancel.check();
            switch (source.fetch(name)) {
                case SegmentSource.Found found -> {
                    screen.look(name, found.content());
                    publish(name, found.content());
                    return found.region();
                }
                case SegmentSource.Absent _ -> throw absent(name);
                case SegmentSource.Damaged damaged ->
                        throw new SegmentLostException(name, damaged.problem());
                case SegmentSource.Unknown unknown -> waitOrThrow(unknown, began);
            }
        }
    }

    private void waitOrThrow(SegmentSource.Unknown unknown, long began) throws RecoveryException {
        boolean enough = System.nanoTime() - began > limits.patience().toNanos();
        if (!unknown.passing() || enough) {
            throw new RecoveryException(unknown.problem());
        }
        progress.countRetry();
        progress.waitFor("S3");
        try {
            cancel.sleep(limits.pause());
        } finally {
            progress.waitFor("");
        }
    }

    private void publish(String name, byte[] content) throws RecoveryException {
        if (!name.endsWith(".history") && content.length != need.segmentBytes()) {
            throw wrongSize(name, content.length);
        }
        run.publish(run.write(name, content), name);
    }

    private RecoveryException wrongSize(String name, int sizeBytes) {
        return new RecoveryException(
                new Problem(
                        ProblemCode.WAL_DAMAGED,
                        "The segment " + name + " was not served.",
                        "It has " + sizeBytes + " bytes instead of " + need.segmentBytes() + ".",
                        "Look at the archive with: lifeboat timeline."));
    }

    static RecoveryException absent(String name) {
        return new SegmentLostException(
                name,
                new Problem(
                        ProblemCode.WAL_ABSENT,
                        "The WAL file " + name + " is in no region any more.",
                        "The plan was made when the archive had it; every region of the plan now"
                                + " proves that it does not.",
                        "Look for the hole with: lifeboat timeline; then restore to a target before"
                                + " it."));
    }
}
