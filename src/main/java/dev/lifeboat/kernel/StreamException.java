package dev.lifeboat.kernel;

import java.io.IOException;

/**
 * Carries a {@link RecoveryException} through the methods of {@code java.io}, which may throw
 * nothing else. A stream that knows what is wrong throws it; whoever drives the stream takes the
 * problem out again with {@link #unwrap}.
 */
public final class StreamException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient RecoveryException recovery;

    public StreamException(RecoveryException recovery) {
        super(recovery.getMessage(), recovery);
        this.recovery = recovery;
    }

    public RecoveryException recovery() {
        return recovery;
    }

    /**
     * Gives the problem that a stream's exception carries, at any depth of its causes.
     *
     * @return the carried problem, never null
     * @throws IOException the exception itself when it carries none
     */
    public static RecoveryException unwrap(IOException thrown) throws IOException {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecoveryException carried) {
                return carried;
            }
        }
        throw thrown;
    }
}
