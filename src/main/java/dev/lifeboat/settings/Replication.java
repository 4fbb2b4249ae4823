package dev.lifeboat.settings;

/** Who carries new objects from the primary to the DR bucket. */
public enum Replication {
    /** The buckets' own cross-region replication. */
    S3,
    /** {@code lifeboat replicate}, run on a schedule. */
    LIFEBOAT,
    /** Nobody: there is one region. */
    NONE
}
