package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.time.Instant;
import java.util.Optional;

/**
 * How a server archives its WAL.
 *
 * <p>Source: PostgreSQL documentation, 28.2.12 "pg_stat_archiver", 20.5.3 "Archiving".
 *
 * @param mode {@code off}, {@code on} or {@code always}
 * @param command empty when none is set
 * @param archiveTimeoutSeconds 0 when segments are switched only when they are full
 * @param lastFailed the file that failed last
 */
public record ArchiverInfo(
        String mode,
        String walLevel,
        Optional<String> command,
        long archiveTimeoutSeconds,
        long archivedCount,
        Optional<String> lastArchived,
        Optional<Instant> lastArchivedAt,
        long failedCount,
        Optional<String> lastFailed,
        Optional<Instant> lastFailedAt) {
    /** Asks the server. Problems as {@link Database}. */
    public static ArchiverInfo read(Database session) throws RecoveryException {
        return session.one(
                row ->
                        new ArchiverInfo(
                                row.text("mode"),
                                row.text("wal_level"),
                                row.optionalText("command").filter(text -> !text.isBlank()),
                                row.number("timeout"),
                                row.number("archived_count"),
                                row.optionalText("last_archived_wal"),
                                row.optionalInstant("last_archived_time"),
                                row.number("failed_count"),
                                row.optionalText("last_failed_wal"),
                                row.optionalInstant("last_failed_time")),
                """
                select current_setting('archive_mode') as mode,
                       current_setting('wal_level') as wal_level,
                       (select setting from pg_settings
                         where name = 'archive_command' and setting <> '(disabled)') as command,
                       (select setting::bigint from pg_settings
                         where name = 'archive_timeout') as timeout,
                       archived_count, last_archived_wal, last_archived_time,
                       failed_count, last_failed_wal, last_failed_time
                  from pg_stat_archiver""");
    }

    public boolean isOn() {
        return !mode.equals("off");
    }

    /** Whether the last attempt failed: nothing was archived since. */
    public boolean isFailing() {
        return lastFailedAt.isPresent()
                && (lastArchivedAt.isEmpty() || lastFailedAt.get().isAfter(lastArchivedAt.get()));
    }
}
