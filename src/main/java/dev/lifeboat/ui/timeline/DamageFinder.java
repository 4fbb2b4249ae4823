package dev.lifeboat.ui.timeline;

import dev.lifeboat.catalog.find.FindListener;
import dev.lifeboat.catalog.find.FindRequest;
import dev.lifeboat.catalog.find.FindResult;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;

/** Reads the WAL for transactions that hurt. Blocks; never called on the FX thread. */
@FunctionalInterface
public interface DamageFinder {
    /**
     * @param listener is told of each as it is found, on the calling thread
     * @param progress counts bytes of WAL
     */
    FindResult find(
            FindRequest request, FindListener listener, Progress progress, CancelToken cancel)
            throws RecoveryException;
}
