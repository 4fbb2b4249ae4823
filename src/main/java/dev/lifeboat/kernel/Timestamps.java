package dev.lifeboat.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as people write them and as Lifeboat writes them: always UTC, or with the offset said. */
public final class Timestamps {
    private static final DateTimeFormatter KEY =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOCAL_INPUT =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral('T')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter OFFSET_INPUT =
            new DateTimeFormatterBuilder()
                    .append(LOCAL_INPUT)
                    .appendPattern("[XXX][XX][X]")
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter POSTGRES =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd HH:mm:ss")
                    .optionalStart()
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .optionalEnd()
                    .appendLiteral("+00")
                    .toFormatter(Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter PEOPLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private Timestamps() {}

    /**
     * A time somebody typed.
     *
     * @param utcAssumed whether the text named no offset, so that UTC was taken: the answer must
     *     say so
     */
    public record Input(Instant instant, boolean utcAssumed) {}

    /**
     * Reads ISO 8601 or {@code 2026-04-07 14:30:00}, with a fraction, and with an offset, {@code Z}
     * or {@code UTC} behind it. Without an offset it is UTC.
     *
     * @throws RecoveryException {@link ProblemCode#TIME_UNREADABLE} when it is no such time
     */
    public static Input parse(String text) throws RecoveryException {
        String normal =
                text.strip().replaceFirst("(?i)\\s*(UTC|GMT)$", "Z").replaceFirst(" +", "T");
        normal = normal.replaceFirst(" +(?=[+-]\\d)", "");
        try {
            if (normal.matches(".*T.*([zZ]|[+-]\\d{2}(:?\\d{2})?)$")) {
                return new Input(
                        OffsetDateTime.parse(normal.toUpperCase(Locale.ROOT), OFFSET_INPUT)
                                .toInstant(),
                        false);
            }
            return new Input(
                    LocalDateTime.parse(normal, LOCAL_INPUT).toInstant(ZoneOffset.UTC), true);
        } catch (DateTimeException notATime) {
            throw new RecoveryException(
                    ProblemCode.TIME_UNREADABLE,
                    "'" + text + "' is not a time Lifeboat can read.",
                    "It takes ISO 8601 such as 2026-04-07T14:30:00Z, or 2026-04-07 14:30:00 (UTC).",
                    "Write the time in one of these forms; an offset such as +02:00 may follow.",
                    notATime);
        }
    }

    /** {@code 20260407_143000}, the form in object keys. */
    public static String key(Instant instant) {
        return KEY.format(instant);
    }

    /** Reads {@link #key}. */
    public static Instant parseKey(String text) {
        return KEY.parse(text, Instant::from);
    }

    /** {@code 20260407}, the day in object keys. */
    public static String day(Instant instant) {
        return DAY.format(instant);
    }

    /**
     * The form for PostgreSQL's settings: microseconds and the numeric offset, never a zone's name.
     */
    public static String postgres(Instant instant) {
        return POSTGRES.format(instant);
    }

    /** UTC and local together, for people: {@code 2026-04-07 14:30:00Z (16:30:00 CEST)}. */
    public static String both(Instant instant, ZoneId local) {
        return PEOPLE.format(instant.atZone(ZoneOffset.UTC)) + beside(instant, local);
    }

    /**
     * As {@link #both}, to the microsecond where there is a part of a second: {@code 2026-04-07
     * 14:30:00.123456Z (16:30:00 CEST)}. Where local is {@link ZoneOffset#UTC} it is not repeated.
     */
    public static String exact(Instant instant, ZoneId local) {
        var utc = instant.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
        return (utc.getNano() == 0 ? PEOPLE : MICROS).format(utc)
                + (local.equals(ZoneOffset.UTC) ? "Z" : beside(instant, local));
    }

    private static String beside(Instant instant, ZoneId local) {
        var there = instant.atZone(local);
        var utc = instant.atZone(ZoneOffset.UTC);
        String pattern =
                there.toLocalDate().equals(utc.toLocalDate())
                        ? "HH:mm:ss z"
                        : "yyyy-MM-dd HH:mm:ss z";
        return "Z (" + DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(there) + ")";
    }
}
