package dev.lifeboat.backup.push;

import dev.lifeboat.kernel.CancelledException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** Lets so many files be in memory at once as fit there; one is always let in. */
final class MemoryGate {
    private static final int MIB = 1 << 20;

    /** A file is held plain, stored, and once more while the stored form grows. */
    private static final int TIMES = 3;

    private final int totalMib;
    private final Semaphore freeMib;

    private MemoryGate(int totalMib) {
        this.totalMib = totalMib;
        this.freeMib = new Semaphore(totalMib, true);
    }

    static MemoryGate ofHeap(long heapBytes) {
        return new MemoryGate(Math.clamp(heapBytes * 7 / 10 / MIB, 1, Integer.MAX_VALUE));
    }

    /** Room for one file. */
    interface Room extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for room.
     *
     * @throws CancelledException when this thread was interrupted while it waited
     */
    Room enter(Path file) throws CancelledException {
        long bytes = 0;
        try {
            bytes = Files.size(file);
        } catch (IOException gone) {
            // Reading it says so.
        }
        int needed = Math.clamp(TIMES * (bytes / MIB + 1), 1, totalMib);
        try {
            freeMib.acquire(needed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
        return () -> freeMib.release(needed);
    }
}
