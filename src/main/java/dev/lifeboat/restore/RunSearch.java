package dev.lifeboat.restore;

import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.windows.WalChain;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Optional;

/**
 * Looks for a position along a run of segments. Where no region can serve a segment after all,
 * since every copy of it is damaged, replay ends: the question is asked again of what comes before.
 */
final class RunSearch {
    private final BaseFacts base;
    private final Trails trails;

    RunSearch(BaseFacts base, Trails trails) {
        this.base = base;
        this.trails = trails;
    }

    /** Makes the trail of a run. */
    interface Trails {
        /**
         * @param lost why the segment behind the run cannot be served, when it was listed
         */
        WalTrail along(WalChain run, Optional<Problem> lost) throws RecoveryException;
    }

    /** What is asked of a run, up to where replay can follow it. */
    interface Question<T> {
        T ask(TargetResolver resolver, WalChain run) throws RecoveryException;
    }

    /**
     * @throws RecoveryException what the question ends with; TARGET_IN_GAP when the base's own WAL
     *     is not whole
     */
    <T> T ask(WalChain whole, Question<T> question) throws RecoveryException {
        WalChain run = whole;
        Optional<Problem> why = Optional.empty();
        while (true) {
            try {
                return question.ask(new TargetResolver(trails.along(run, why), base), run);
            } catch (SegmentLostException lost) {
                run = run.before(lost.segment());
                why = Optional.of(lost.problem());
            }
        }
    }
}
