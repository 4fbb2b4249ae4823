package dev.lifeboat.kernel;

/** Somebody asked for the work to stop, and it did. Never the sign of a failure. */
public final class CancelledException extends RecoveryException {
    private static final long serialVersionUID = 1L;

    public CancelledException() {
        super(
                ProblemCode.CANCELLED,
                "The work was stopped on request.",
                "Somebody asked it to stop.",
                "Start it again, or resume it where it can be resumed.");
    }
}
