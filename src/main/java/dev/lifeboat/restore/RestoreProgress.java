package dev.lifeboat.restore;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** How far a restore has come, for whoever samples it. Safe for use by many threads. */
public final class RestoreProgress {
    private final Progress fetched = Progress.unwatched();
    private final Progress segments = Progress.unwatched();
    private volatile long segmentBytes;
    private final AtomicReference<Optional<StagePace>> pace =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.CHECK);
    private final AtomicReference<Replayed> replayed =
            new AtomicReference<>(new Replayed(Lsn.ZERO, Optional.empty()));

    /**
     * How far replay has come, in the log and in the database's own time.
     *
     * @param time of the last commit or abort that was replayed
     */
    public record Replayed(Lsn lsn, Optional<Instant> time) {}

    /** Stored bytes of the base. */
    public Progress fetched() {
        return fetched;
    }

    /** Segments that the server took. */
    public Progress segments() {
        return segments;
    }

    /** The size of one of them; 0 before the restore comes to its WAL. */
    public long segmentBytes() {
        return segmentBytes;
    }

    public Stage stage() {
        return stage.get();
    }

    /** How fast that stage goes; empty before it was measured. */
    public Optional<StagePace> pace() {
        return pace.get().filter(measured -> measured.stage() == stage());
    }

    /** Takes what whoever follows the work measured of it. */
    public void measured(Optional<StagePace> now) {
        pace.set(now);
    }

    /** Known once the server lets sessions in. */
    public Replayed replayed() {
        return replayed.get();
    }

    /** Sets how much WAL there will be. */
    public void expectSegments(long count, long bytesEach) {
        segmentBytes = bytesEach;
        segments.setTotal(count);
    }

    void enter(Stage next) {
        stage.set(next);
    }

    void reached(Lsn lsn, Optional<Instant> time) {
        replayed.set(new Replayed(lsn, time));
    }
}
