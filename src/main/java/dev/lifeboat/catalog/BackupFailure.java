package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Timestamps;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backup that failed, as the key of its record tells it: a listing is enough to count failures
 * from any host.
 *
 * @param id the id the backup would have had
 * @param at when it was begun
 */
public record BackupFailure(String id, BackupKind kind, Instant at) {
    /** The kind of record, a folder below {@code records/}. */
    public static final String RECORD_KIND = "backup";

    private static final Pattern FORM =
            Pattern.compile("(.+_(full|base|config)_(\\d{8}_\\d{6}))\\.failed\\.json");

    /** One that began at this time. */
    public static BackupFailure of(BackupKind kind, String database, Instant startedAt) {
        return new BackupFailure(BackupKeys.id(kind, database, startedAt), kind, startedAt);
    }

    /** The key of the record. */
    public String key(BackupKeys keys) {
        return keys.records(RECORD_KIND) + Timestamps.day(at) + "/" + id + ".failed.json";
    }

    /** Reads the id of a backup; empty when it is none of ours. */
    public static Optional<BackupFailure> ofId(String id) {
        return parse(id + ".failed.json");
    }

    /** Reads {@link #key}; empty when the key is of no such record. */
    public static Optional<BackupFailure> parse(String key) {
        Matcher parts = FORM.matcher(key.substring(key.lastIndexOf('/') + 1));
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new BackupFailure(
                            parts.group(1),
                            BackupKind.ofWord(parts.group(2)),
                            Timestamps.parseKey(parts.group(3))));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
