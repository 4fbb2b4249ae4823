package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the workers of one {@link ParallelListing} share; its lock guards everything. */
final class ListingShare {
    private final String prefix;
    private final int splitAfterKeys;
    private final ObjectVisitor visitor;
    private final CancelToken stop;
    private final List<ListingStretch> active = new ArrayList<>();
    private boolean begun;
    private boolean enough;
    private final FirstFailure failure = new FirstFailure();

    ListingShare(String prefix, int splitAfterKeys, ObjectVisitor visitor, CancelToken stop) {
        this.prefix = prefix;
        this.splitAfterKeys = splitAfterKeys;
        this.visitor = visitor;
        this.stop = stop;
        stop.onCancel(this::wake);
    }

    /** Takes stretches until there are none. */
    void work(ObjectStore store) {
        try {
            for (ListingStretch mine = next(); mine != null; mine = next()) {
                ListingStretch stretch = mine;
                store.list(prefix, stretch.reached(), object -> show(stretch, object), stop);
                finish(stretch);
            }
        } catch (RecoveryException | RuntimeException | Error failed) {
            fail(failed);
        }
    }

    private synchronized ListingStretch next() {
        if (!begun) {
            begun = true;
            ListingStretch whole = new ListingStretch(prefix, "", null);
            active.add(whole);
            return whole;
        }
        while (!active.isEmpty() && !enough && !failure.isSet() && !stop.isCancelled()) {
            Optional<ListingStretch> cut =
                    active.stream()
                            .filter(stretch -> stretch.isLong(splitAfterKeys))
                            .max(Comparator.comparingDouble(ListingStretch::width))
                            .flatMap(ListingStretch::split);
            if (cut.isPresent()) {
                active.add(cut.get());
                return cut.get();
            }
            try {
                wait();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return null;
    }

    private synchronized boolean show(ListingStretch stretch, ObjectInfo object)
            throws RecoveryException {
        if (enough || failure.isSet() || !stretch.holds(object.key())) {
            return false;
        }
        boolean wasLong = stretch.isLong(splitAfterKeys);
        stretch.show(object.key());
        if (!wasLong && stretch.isLong(splitAfterKeys)) {
            notifyAll();
        }
        if (!visitor.visit(object)) {
            enough = true;
            notifyAll();
        }
        return !enough;
    }

    private synchronized void finish(ListingStretch stretch) {
        active.remove(stretch);
        notifyAll();
    }

    private synchronized void fail(Throwable failed) {
        failure.set(failed);
        stop.cancel();
        notifyAll();
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Throws what went wrong. */
    synchronized void outcome() throws RecoveryException {
        failure.rethrow();
        if (stop.isCancelled()) {
            throw new CancelledException();
        }
    }
}
