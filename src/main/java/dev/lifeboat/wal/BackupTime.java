package dev.lifeboat.wal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as a backup label writes it: {@code 2026-04-07 14:30:00 CEST}. The zone is an abbreviation
 * of the server's {@code log_timezone}, which says nothing for certain, so that only {@code UTC},
 * {@code GMT} and offsets are turned into an instant.
 *
 * <p>Source: {@code src/backend/access/transam/xlog.c}, do_pg_backup_start: {@code %Y-%m-%d
 * %H:%M:%S %Z}.
 *
 * @param text as written
 * @param instant whole seconds; empty when the zone is not certain
 */
public record BackupTime(String text, Optional<Instant> instant) {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) (\\S+)");

    static BackupTime parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return new BackupTime(text, Optional.empty());
        }
        try {
            LocalDateTime local = LocalDateTime.parse(parts.group(1), LOCAL);
            return new BackupTime(text, offset(parts.group(2)).map(local::toInstant));
        } catch (DateTimeException notATime) {
            return new BackupTime(text, Optional.empty());
        }
    }

    private static Optional<ZoneOffset> offset(String zone) {
        if (zone.equals("UTC") || zone.equals("GMT")) {
            return Optional.of(ZoneOffset.UTC);
        }
        return zone.matches("[+-]\\d\\d(\\d\\d)?")
                ? Optional.of(ZoneOffset.of(zone))
                : Optional.empty();
    }
}
