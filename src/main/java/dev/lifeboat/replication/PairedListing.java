package dev.lifeboat.replication;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Keys;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStore;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lists two stores at once and shows what they have under each key, in key order. However many
 * objects there are, only a few pages of them are held.
 */
final class PairedListing {
    private static final int AHEAD = 4_000;

    private final ObjectStore first;
    private final ObjectStore second;

    PairedListing(ObjectStore first, ObjectStore second) {
        this.first = first;
        this.second = second;
    }

    /** Is shown each key once. */
    interface PairVisitor {
        void visit(Optional<ObjectInfo> first, Optional<ObjectInfo> second)
                throws RecoveryException;
    }

    /** What a listing thread hands over: an object, its end, or why it failed. */
    private record Step(ObjectInfo object, RecoveryException failure) {
        static final Step END = new Step(null, null);
    }

    void list(String prefix, PairVisitor visitor, CancelToken cancel) throws RecoveryException {
        CancelToken stop = CancelToken.never();
        try (var _ = cancel.onCancel(stop::cancel);
                var one = new Side(first, prefix, stop);
                var two = new Side(second, prefix, stop)) {
            ObjectInfo a = one.next();
            ObjectInfo b = two.next();
            while (a != null || b != null) {
                cancel.check();
                int order = a == null ? 1 : b == null ? -1 : Keys.ORDER.compare(a.key(), b.key());
                visitor.visit(
                        order <= 0 ? Optional.of(a) : Optional.empty(),
                        order >= 0 ? Optional.of(b) : Optional.empty());
                a = order <= 0 ? one.next() : a;
                b = order >= 0 ? two.next() : b;
            }
        } finally {
            stop.cancel();
        }
    }

    /** One store's listing, a few pages ahead of its reader. */
    private static final class Side implements AutoCloseable {
        private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(AHEAD);
        private final Thread thread;

        Side(ObjectStore store, String prefix, CancelToken stop) {
            thread = Thread.ofVirtual().name("list").start(() -> run(store, prefix, stop));
        }

        private void run(ObjectStore store, String prefix, CancelToken stop) {
            try {
                Step end = Step.END;
                try {
                    store.list(
                            prefix,
                            "",
                            object -> {
                                hand(new Step(object, null));
                                return true;
                            },
                            stop);
                } catch (RecoveryException failed) {
                    end = new Step(null, failed);
                }
                hand(end);
            } catch (CancelledException nobodyListens) {
                Thread.currentThread().interrupt();
            }
        }

        private void hand(Step step) throws CancelledException {
            try {
                steps.put(step);
            } catch (InterruptedException stopped) {
                throw new CancelledException();
            }
        }

        ObjectInfo next() throws RecoveryException {
            try {
                Step step = steps.take();
                if (step.failure != null) {
                    throw step.failure;
                }
                return step.object;
            } catch (InterruptedException stopped) {
                throw new CancelledException();
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
