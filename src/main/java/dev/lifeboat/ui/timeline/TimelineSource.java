package dev.lifeboat.ui.timeline;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.ui.timeline.model.CommitTimes;
import dev.lifeboat.ui.timeline.model.TimelineData;

/** Where the timeline comes from. Blocks; never called on the FX thread. */
public interface TimelineSource {
    /** Asks both regions anew. */
    Loaded load(CancelToken cancel) throws RecoveryException;

    /**
     * Reads some of the newest WAL that nobody has read yet, so that the next {@link #load} knows
     * its commits; the buckets are not changed.
     *
     * @return whether there was any
     */
    boolean readMore(CancelToken cancel) throws RecoveryException;

    /**
     * A timeline as it was found.
     *
     * @param commits those that are known one by one
     * @param solver answers on what was found then
     * @param reader reads the WAL that was listed then
     * @param touches reads what its transactions touched
     * @param finder reads the WAL there is when it is asked
     */
    record Loaded(
            TimelineData data,
            CommitTimes commits,
            TargetSolver solver,
            CommitReader reader,
            TouchReader touches,
            DamageFinder finder) {}
}
