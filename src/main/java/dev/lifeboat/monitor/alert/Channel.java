package dev.lifeboat.monitor.alert;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Severity;

import java.util.List;

/** A way to tell people. Telling the same twice must do no harm. */
interface Channel extends AutoCloseable {
    /** {@code slack}, {@code pagerduty}. */
    String name();

    /** What is worth telling here. */
    Severity threshold();

    /**
     * Tells all of it.
     *
     * @param cluster which database it is about
     * @throws RecoveryException when it was not taken, after retries
     */
    void tell(String cluster, List<Change> changes) throws RecoveryException;

    /** Wipes the secret. */
    @Override
    void close();
}
