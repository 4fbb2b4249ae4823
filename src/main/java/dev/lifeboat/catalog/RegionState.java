package dev.lifeboat.catalog;

import java.util.Locale;

/** What one region has of a backup, judged over all of its objects. */
public enum RegionState {
    /** Every object is there, with the size the manifest names. */
    PRESENT,
    /** No object of it is there. */
    MISSING,
    /** Something of it is there, but not all, or not as the manifest says. */
    DAMAGED,
    /** Nothing is known: the region did not answer, or refused to. */
    UNREACHABLE;

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
