package dev.lifeboat.restore.handover;

/**
 * How the server stands that the restored one replaces.
 *
 * @param seen a sentence about what was found
 */
public record OldServer(State state, String seen) {
    /** What was found. */
    public enum State {
        /** Nobody answers at its address. */
        UNREACHABLE,
        /** The same cluster answers there and takes writes. */
        TAKES_WRITES,
        /** Somebody answers, or nobody knows an address: a person must say. */
        UNKNOWN
    }
}
