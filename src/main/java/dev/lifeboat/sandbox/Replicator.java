package dev.lifeboat.sandbox;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.RegionCopy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/**
 * Plays S3's cross-region replication: copies what is new in the primary's buckets to those of DR,
 * again and again.
 */
final class Replicator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final List<Pair> pairs;
    private final CancelToken stop = new CancelToken();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("replication").unstarted(this::run);

    /** A bucket and its copy. */
    record Pair(ObjectStore from, ObjectStore to) {}

    Replicator(List<Pair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    void start() {
        thread.start();
    }

    /** Copies now, once, and returns when everything is there. */
    void copyAll(CancelToken cancel) throws RecoveryException {
        for (Pair pair : pairs) {
            new RegionCopy(pair.from(), pair.to(), 2)
                    .copyMissing(
                            "", key -> key.endsWith("manifest.json"), cancel, Progress.unwatched());
        }
    }

    @Override
    public void close() {
        stop.cancel();
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        pairs.forEach(
                pair -> {
                    pair.from().close();
                    pair.to().close();
                });
    }

    private void run() {
        while (!stop.isCancelled()) {
            try {
                copyAll(stop);
                stop.sleep(PAUSE);
            } catch (CancelledException asked) {
                return;
            } catch (RecoveryException failed) {
                LOG.warn("replication stopped for now: {}", failed.problem());
                if (failed.problem().code().exitCode() == 7) {
                    return;
                }
            }
        }
    }
}
