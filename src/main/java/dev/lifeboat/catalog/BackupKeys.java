package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Timestamps;

import java.time.Instant;

/**
 * Where a backup's objects lie. All keys begin with the profile's prefix, which is empty or ends
 * with a slash.
 *
 * @param prefix the profile's prefix
 */
public record BackupKeys(String prefix) {
    public static final String MANIFEST_SUFFIX = ".manifest.json";
    public static final String DUMP_SUFFIX = ".dump.enc";
    public static final String GLOBALS_SUFFIX = ".globals.sql.enc";
    public static final String CONFIG_SUFFIX = ".tar.zst.enc";

    /** What a base's folder holds beside its frames, for the finder. */
    public static final String NAMES_SUFFIX = "/names.json.zst.enc";

    /** What stands in a base's folder beside its frames. */
    public static final String BASE_MANIFEST = "manifest.json";

    public BackupKeys {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            prefix = prefix + "/";
        }
    }

    /** The id of a backup: {@code mockupaws_full_20260407_020000}. */
    public static String id(BackupKind kind, String database, Instant startedAt) {
        return safe(database) + "_" + kind.word() + "_" + Timestamps.key(startedAt);
    }

    /** The folder of all backups, of every kind. */
    public String backups() {
        return prefix + "backups/";
    }

    /** The folder of one kind. */
    public String kind(BackupKind kind) {
        return backups() + kind.word() + "/";
    }

    /**
     * The key without suffix of a full or configuration backup; the folder, without slash, of a
     * base.
     */
    public String stem(BackupKind kind, String id, Instant startedAt) {
        return kind(kind) + Timestamps.day(startedAt) + "/" + id;
    }

    /** The key of the manifest, which is written last. */
    public String manifest(BackupKind kind, String id, Instant startedAt) {
        String stem = stem(kind, id, startedAt);
        return kind == BackupKind.BASE ? stem + "/" + BASE_MANIFEST : stem + MANIFEST_SUFFIX;
    }

    /**
     * The key of one frame: stream {@code base}, or a tablespace's oid; numbers have at least seven
     * digits.
     */
    public String frame(String id, Instant startedAt, String stream, int number) {
        return stem(BackupKind.BASE, id, startedAt)
                + "/%s.tar.%07d.zst.enc".formatted(stream, number);
    }

    /** The folder of WAL; it lies in the WAL bucket where the profile names one. */
    public String wal() {
        return prefix + "wal/";
    }

    /** The folder of drill and restore records of one kind. */
    public String records(String kind) {
        return prefix + "records/" + kind + "/";
    }

    /**
     * A database's name as it may stand in a key: what S3 or a shell would trip over becomes an
     * underscore.
     */
    static String safe(String database) {
        return database.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
