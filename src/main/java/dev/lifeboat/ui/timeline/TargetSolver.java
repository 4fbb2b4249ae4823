package dev.lifeboat.ui.timeline;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.ui.timeline.model.Target;

/** Answers what a target means. May block; never called on the FX thread. */
@FunctionalInterface
public interface TargetSolver {
    Answers answer(Target target, CancelToken cancel) throws RecoveryException;
}
