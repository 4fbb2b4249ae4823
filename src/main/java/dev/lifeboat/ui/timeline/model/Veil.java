package dev.lifeboat.ui.timeline.model;

/**
 * A stretch that cannot be recovered to.
 *
 * @param text why, for people, without a full stop: what stands behind "not recoverable:"
 */
public record Veil(Span span, Reason reason, String text) {
    /** The beginning of time, for what lies before the first base. */
    public static final long NEVER = Long.MIN_VALUE / 4;

    /** The end of time, for what lies behind the last commit. */
    public static final long FOREVER = Long.MAX_VALUE / 4;

    /** Why nothing there can be recovered. */
    public enum Reason {
        BEFORE_FIRST_BASE,
        GAP,
        /** A region that could not be asked may hold what is missing. */
        NOT_KNOWN,
        AFTER_LAST_COMMIT,
        /** The server that is paused has already replayed further. */
        ALREADY_REPLAYED
    }
}
