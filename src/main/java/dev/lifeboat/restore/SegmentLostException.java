package dev.lifeboat.restore;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;

/**
 * A segment of WAL that no region can serve, since each copy is damaged or there is none: replay
 * ends before it.
 */
public final class SegmentLostException extends RecoveryException {
    private static final long serialVersionUID = 1L;
    private final String segment;

    /**
     * @param segment its file name
     */
    public SegmentLostException(String segment, Problem problem) {
        super(problem);
        this.segment = segment;
    }

    /** Its file name. */
    public String segment() {
        return segment;
    }
}
