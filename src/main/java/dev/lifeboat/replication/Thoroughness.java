package dev.lifeboat.replication;

/** How much of the objects a comparison reads. */
public enum Thoroughness {
    /** Nothing: listings alone. What differs is told; which copy is good may stay open. */
    LISTED,
    /** The copies of what differs, and the only copy of what is missing. */
    DIFFERENCES,
    /** Every object that something can be said of, in both regions. */
    EVERYTHING
}
