package dev.lifeboat.restore;

import java.util.Locale;

/** What becomes of the server once it has arrived. */
public enum TargetAction {
    /** It stays, read-only, for somebody to look. */
    PAUSE,
    /** It becomes a writable server of its own, still reaching nothing outside its copy. */
    PROMOTE,
    /** It is stopped, ready to be started again at the same point. */
    SHUTDOWN;

    /** The name on the command line and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action of this {@link #word()}. */
    public static TargetAction ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
