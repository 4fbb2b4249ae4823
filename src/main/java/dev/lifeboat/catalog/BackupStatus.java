package dev.lifeboat.catalog;

import java.util.Locale;

/** How a backup stands, whatever region it lies in. */
public enum BackupStatus {
    /** Its manifest was read: what it holds is known, byte for byte. */
    FINISHED,
    /**
     * Left by a tool that writes no manifest: it can be restored, but its integrity is known only
     * once it was verified.
     */
    NO_MANIFEST,
    /**
     * It has objects, or uploads that were begun, and no manifest, although its tool writes one.
     */
    UNFINISHED,
    /** Its manifest cannot be read. */
    MANIFEST_DAMAGED,
    /** Its manifest was written by a version of the format this Lifeboat does not know. */
    MANIFEST_TOO_NEW,
    /** It has a manifest, and no region gives it now: nothing more is known. */
    MANIFEST_UNREAD,
    /** Its manifest was not written by who has the key, or was altered afterwards. */
    MANIFEST_UNTRUSTED;

    /** The name in JSON, for example {@code no-manifest}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a backup of this status may be restored from, given its objects. */
    public boolean isRestorable() {
        return this == FINISHED || this == NO_MANIFEST;
    }
}
