package dev.lifeboat.restore.place;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionPair;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Fetches all frames of a base, several at once, and unpacks each as soon as it is proven.
 *
 * <p>Memory is bounded by workers x frame size. The directories must exist and be claimed.
 */
public final class BaseFetch {
    private final RegionPair regions;
    private final KeyRing keys;
    private final Manifest base;
    private final Path dataDirectory;
    private final Map<Long, Path> tablespaces;
    private final PlacedFiles files;

    /**
     * @param tablespaces new directory by oid
     * @param host where the files are made
     * @param server whom they will belong to
     */
    public BaseFetch(
            RegionPair regions,
            KeyRing keys,
            Manifest base,
            Path dataDirectory,
            Map<Long, Path> tablespaces,
            Host host,
            OsUser server) {
        this.regions = regions;
        this.keys = keys;
        this.base = base;
        this.dataDirectory = dataDirectory;
        this.tablespaces = Map.copyOf(tablespaces);
        Set<Path> roots = new HashSet<>(tablespaces.values());
        roots.add(dataDirectory);
        this.files = new PlacedFiles(host, server, roots);
    }

    /**
     * Brings what the record does not know as placed. After a failure or a stop it can be called
     * again.
     *
     * @param jobs how many frames at once, at most
     * @param heapBytes the memory this program may use
     * @param progress counts stored bytes; its total is set
     */
    public void run(
            int jobs, long heapBytes, FrameRecord record, Progress progress, CancelToken cancel)
            throws RecoveryException {
        List<StoredObject> frames = frames();
        FrameSizes sizes = FrameSizes.of(frames, heapBytes);
        DecryptionKeys key = ProvenFrame.keyOf(base, keys);
        progress.setTotal(frames.stream().mapToLong(StoredObject::storedBytes).sum());
        Queue<StoredObject> open = new ConcurrentLinkedQueue<>();
        for (StoredObject frame : frames) {
            if (record.isPlaced(frame)) {
                progress.add(frame.storedBytes());
            } else {
                open.add(frame);
            }
        }
        int workers = Math.min(sizes.workers(jobs, heapBytes), Math.max(1, open.size()));
        work(workers, cancel, () -> bringAll(open, sizes, key, record, progress, cancel));
    }

    private List<StoredObject> frames() throws RecoveryException {
        List<StoredObject> frames = new ArrayList<>();
        for (StoredObject object : base.objects()) {
            if (object.role().equals("frame")) {
                root(object);
                frames.add(object);
            }
        }
        return frames;
    }

    private StreamRoot root(StoredObject frame) throws RecoveryException {
        if (frame.stream().equals("base")) {
            return new StreamRoot(dataDirectory);
        }
        Path directory =
                frame.stream().matches("[0-9]{1,10}")
                        ? tablespaces.get(Long.valueOf(frame.stream()))
                        : null;
        if (directory == null) {
            throw new RecoveryException(
                    ProblemCode.PLAN_OUTDATED,
                    "The base has a stream that the plan has no directory for.",
                    "It is called '" + frame.stream() + "'; the plan knows " + tablespaces + ".",
                    "Make a new plan.");
        }
        return new StreamRoot(directory);
    }

    private void bringAll(
            Queue<StoredObject> open,
            FrameSizes sizes,
            DecryptionKeys key,
            FrameRecord record,
            Progress progress,
            CancelToken cancel)
            throws RecoveryException {
        var proven = new ProvenFrame(regions, key, sizes, progress, record);
        for (StoredObject frame = open.poll(); frame != null; frame = open.poll()) {
            cancel.check();
            try (var _ = progress.begin(name(frame))) {
                bring(frame, proven, record);
            }
        }
    }

    private void bring(StoredObject frame, ProvenFrame proven, FrameRecord record)
            throws RecoveryException {
        String region = proven.bring(frame);
        new FrameUnpacker(
                        "Frame " + frame.key(),
                        root(frame),
                        files,
                        tablespaces.keySet(),
                        proven.plain(),
                        (int) frame.plainBytes())
                .unpack(frame.continues());
        record.placed(frame, region);
    }

    private static String name(StoredObject frame) {
        return frame.stream()
                + " "
                + frame.number()
                + " ("
                + ByteSize.format(frame.storedBytes())
                + ")";
    }

    private interface Work {
        void run() throws RecoveryException;
    }

    /** Runs the same work in several threads; the first failure stops them all. */
    private static void work(int workers, CancelToken cancel, Work work) throws RecoveryException {
        var failure = new AtomicReference<RecoveryException>();
        List<Thread> threads = new ArrayList<>();
        Runnable stop = () -> threads.forEach(Thread::interrupt);
        for (int i = 0; i < workers; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("frame-" + i)
                            .unstarted(() -> attempt(work, failure, stop)));
        }
        threads.forEach(Thread::start);
        try (var _ = cancel.onCancel(stop)) {
            if (joinInterrupted(threads, stop)) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
        }
        cancel.check();
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** Returns when all have ended. Whether this thread was interrupted meanwhile. */
    private static boolean joinInterrupted(List<Thread> threads, Runnable stop) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException asked) {
                    interrupted = true;
                    stop.run();
                }
            }
        }
        return interrupted;
    }

    private static void attempt(
            Work work, AtomicReference<RecoveryException> failure, Runnable stop) {
        try {
            work.run();
        } catch (RecoveryException failed) {
            failure.compareAndSet(null, failed);
            stop.run();
        } catch (RuntimeException | OutOfMemoryError unforeseen) {
            failure.compareAndSet(null, unforeseen(unforeseen));
            stop.run();
        }
    }

    private static RecoveryException unforeseen(Throwable cause) {
        return new RecoveryException(
                new Problem(
                        ProblemCode.UNEXPECTED,
                        "The base could not be unpacked.",
                        "Something unforeseen happened: " + cause + ".",
                        "Look at the log, then go on with: lifeboat restores resume ID."),
                cause);
    }
}
