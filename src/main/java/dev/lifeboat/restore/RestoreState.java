package dev.lifeboat.restore;

import java.util.Locale;

/** How a restore stands. Derived from its journal, its lock and its server; stored nowhere. */
public enum RestoreState {
    /** It has a plan, and nothing was done. */
    PLANNED,
    /** A process works on it. */
    RUNNING,
    /** It did not end, no process works on it, and it can be resumed. */
    INTERRUPTED,
    /** Its server stands at the target, read-only, for somebody to look. */
    PAUSED,
    /** Its server is writable and still sealed off. */
    PROMOTED,
    /** It is at its target, durable, and its server does not run. */
    STOPPED,
    /** A logical restore that is done. */
    RESTORED,
    HANDED_OVER,
    /** It ended, and cannot be resumed. */
    FAILED,
    /** What it made is removed. */
    DISCARDED;

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
