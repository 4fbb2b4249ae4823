package dev.lifeboat.kernel;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far a piece of work has come. Workers count into it from any thread; whoever shows it samples
 * it (ten times a second is plenty) and is never called back.
 */
public final class Progress {
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final Set<String> inFlight = new ConcurrentSkipListSet<>();
    private final AtomicReference<String> waitingFor = new AtomicReference<>("");

    /** A progress nobody looks at. */
    public static Progress unwatched() {
        return new Progress();
    }

    public void add(long units) {
        done.addAndGet(units);
    }

    public void setDone(long units) {
        done.set(units);
    }

    public void setTotal(long units) {
        total.set(units);
    }

    public void countRetry() {
        retries.incrementAndGet();
    }

    /** Work on one thing of this work, until it is closed. */
    public interface Piece extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins with one thing of the work; several may be under way at once.
     *
     * @param name of its own among them, for people
     */
    public Piece begin(String name) {
        inFlight.add(name);
        return () -> inFlight.remove(name);
    }

    /** What was begun and not finished, sorted by name; a snapshot. */
    public List<String> inFlight() {
        return List.copyOf(inFlight);
    }

    /** What the work stands still for, for example {@code "S3"}; empty when it moves. */
    public void waitFor(String what) {
        waitingFor.set(what);
    }

    public long done() {
        return done.get();
    }

    /** The whole, in the unit of {@link #done()}; 0 while it is not known. */
    public long total() {
        return total.get();
    }

    public long retries() {
        return retries.get();
    }

    public String waitingFor() {
        return waitingFor.get();
    }
}
