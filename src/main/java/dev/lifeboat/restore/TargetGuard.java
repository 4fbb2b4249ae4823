package dev.lifeboat.restore;

import dev.lifeboat.kernel.RecoveryException;

/** Whether a restore still has the place it restores into to itself. */
interface TargetGuard {
    /**
     * Asked right before what cannot be taken back.
     *
     * @throws RecoveryException LEASE_LOST when another restore took the place over
     */
    void require() throws RecoveryException;

    /** Where nobody else can mean the same place. */
    static TargetGuard none() {
        return () -> {};
    }

    /** What is done while it holds. */
    interface Work {
        void run(TargetGuard guard) throws RecoveryException;
    }
}
