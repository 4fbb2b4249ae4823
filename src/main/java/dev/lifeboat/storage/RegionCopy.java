package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException.Kind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Copies what one store has and the other lacks. Nothing is ever overwritten: an object that is
 * there with another size is told, not touched.
 */
public final class RegionCopy {
    private static final int LISTINGS_AT_ONCE = 8;
    private final ObjectStore from;
    private final ObjectStore to;
    private final int copiesAtOnce;

    public RegionCopy(ObjectStore from, ObjectStore to, int copiesAtOnce) {
        this.from = from;
        this.to = to;
        this.copiesAtOnce = copiesAtOnce;
    }

    /**
     * What came of it.
     *
     * @param present objects that were in both stores before, of equal size
     * @param different keys whose objects differ in size
     * @param archived keys that must be thawed before they can be copied
     */
    public record Outcome(
            long copied,
            long copiedBytes,
            long present,
            List<String> different,
            List<String> archived) {}

    /**
     * Copies every object below the prefix that the other store lacks.
     *
     * @param last the objects that say that others are complete (manifests): copied after all
     *     others
     * @param progress counts bytes
     * @throws RecoveryException the first failure; what was copied stays, and the next call goes on
     */
    public Outcome copyMissing(
            String prefix, Predicate<String> last, CancelToken cancel, Progress progress)
            throws RecoveryException {
        Map<String, Long> there = sizes(prefix, cancel);
        List<ObjectInfo> first = new ArrayList<>();
        List<ObjectInfo> then = new ArrayList<>();
        List<String> different = new ArrayList<>();
        List<String> archived = new ArrayList<>();
        long present = 0;
        long totalBytes = 0;
        for (ObjectInfo object : new ParallelListing(from, LISTINGS_AT_ONCE).all(prefix, cancel)) {
            Long size = there.get(object.key());
            if (size != null && size == object.sizeBytes()) {
                present++;
            } else if (size != null) {
                different.add(object.key());
            } else if (!object.availability().isReadable()) {
                archived.add(object.key());
            } else {
                totalBytes += object.sizeBytes();
                (last.test(object.key()) ? then : first).add(object);
            }
        }
        progress.setTotal(totalBytes);
        Copying copying = new Copying(cancel, progress);
        copying.all(first);
        copying.all(then);
        return new Outcome(
                copying.copied.get(), copying.copiedBytes.get(), present, different, archived);
    }

    private Map<String, Long> sizes(String prefix, CancelToken cancel) throws RecoveryException {
        Map<String, Long> sizes = new HashMap<>();
        new ParallelListing(to, LISTINGS_AT_ONCE)
                .list(
                        prefix,
                        object -> {
                            sizes.put(object.key(), object.sizeBytes());
                            return true;
                        },
                        cancel);
        return sizes;
    }

    /** Copies in parallel until the first failure. */
    private final class Copying {
        private final CancelToken cancel;
        private final Progress progress;
        private final AtomicLong copied = new AtomicLong();
        private final AtomicLong copiedBytes = new AtomicLong();
        private final FirstFailure failure = new FirstFailure();

        Copying(CancelToken cancel, Progress progress) {
            this.cancel = cancel;
            this.progress = progress;
        }

        void all(List<ObjectInfo> objects) throws RecoveryException {
            try (ExecutorService threads =
                    Executors.newFixedThreadPool(
                            copiesAtOnce, Thread.ofVirtual().name("copy-", 1).factory())) {
                for (ObjectInfo object : objects) {
                    threads.execute(() -> one(object));
                }
            }
            failure.rethrow();
        }

        private void one(ObjectInfo object) {
            if (failure.isSet()) {
                return;
            }
            try {
                cancel.check();
                ObjectCopy.copy(from, object.key(), to, object.key(), true);
                copied.incrementAndGet();
                copiedBytes.addAndGet(object.sizeBytes());
            } catch (RecoveryException failed) {
                if (!isSettled(failed)) {
                    failure.set(failed);
                }
            } catch (RuntimeException | Error unknown) {
                failure.set(unknown);
            }
            progress.add(object.sizeBytes());
        }

        /** Somebody else copied it meanwhile, or removed it here. */
        private static boolean isSettled(RecoveryException failed) {
            return failed instanceof StorageException storage
                    && (storage.kind() == Kind.EXISTS || storage.kind() == Kind.ABSENT);
        }
    }
}
