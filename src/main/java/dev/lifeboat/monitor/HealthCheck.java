package dev.lifeboat.monitor;

import java.util.Locale;

/** Everything that is judged. The names are stable: alerts and de-duplication go by them. */
public enum HealthCheck {
    /** Whether the buckets answered. */
    REGION,
    /** Whether there is any backup at all. */
    BACKUPS,
    /** Whether the key is the one the newest backups were made with. */
    KEY,
    /** How much would be lost now. */
    RPO,
    /** Segments that are needed and missing. */
    GAPS,
    /** How far the DR region is behind. */
    DR_LAG,
    /** Backups that the DR region lacks. */
    UNSAFE_BACKUPS,
    /** Whether every moment of the promised days can be recovered. */
    PROMISED_WINDOW,
    FULL_AGE,
    BASE_AGE,
    CONFIG_AGE,
    /** Whether the last backup window saw a full backup. */
    BACKUP_WINDOW,
    /** Whether a backup failed and none succeeded since. */
    FAILED_BACKUP,
    /** Whether the newest backup is much smaller than those before. */
    SHRINKING,
    /** Backups that cannot be used. */
    BROKEN_BACKUPS,
    /** Whether backups were proven readable lately. */
    VERIFIED,
    /** Whether a backup was proven by restoring it lately. */
    RESTORED,
    /** Room in the bucket. */
    STORAGE,
    /** Whether drills are held as often as agreed. */
    DRILL,
    /** How the database archives. */
    ARCHIVER,
    /** How far standbys of the database are behind. */
    REPLICATION;

    /** The name in JSON and metrics: {@code dr-lag}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
