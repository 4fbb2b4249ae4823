package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.TimeInput.Parsed;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the first time in a line of text. */
final class LogTime {
    private static final Pattern ISO =
            Pattern.compile(
                    "(\\d{4})[-/](\\d{2})[-/](\\d{2})[ T]+(\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?"
                            + "\\s*([zZ]\\b|[+-]\\d{2}(?::?\\d{2})?\\b|[A-Za-z]{1,5}\\b(?!:))?");

    /** What stands right behind a time and was not understood may be part of it. */
    private static final Pattern MORE = Pattern.compile("(\\s*[+-]\\d|[\\w:]).*", Pattern.DOTALL);

    private static final Set<String> HALF_DAYS = Set.of("AM", "PM");
    private static final Pattern WEB =
            Pattern.compile("(\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} [+-]\\d{4})");
    private static final Pattern SYSLOG =
            Pattern.compile("([A-Z][a-z]{2}) +(\\d{1,2}) (\\d{2}:\\d{2}:\\d{2})\\b");
    private static final Set<String> NO_ZONES =
            Set.of(
                    "LOG", "INFO", "WARN", "ERROR", "DEBUG", "TRACE", "FATAL", "PANIC", "HINT", "D",
                    "E", "F", "I", "V", "W");
    private static final DateTimeFormatter WEB_FORM =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final DateTimeFormatter SYSLOG_FORM =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy MMM d HH:mm:ss")
                    .toFormatter(Locale.ENGLISH);

    private final Instant now;
    private final ZoneId zone;

    LogTime(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * The first time in the text; empty when there is none.
     *
     * @throws RecoveryException when its zone is not known, or something else follows that may be
     *     part of it
     * @throws java.time.DateTimeException when there is no such day or hour
     */
    Optional<Parsed> find(String text) throws RecoveryException {
        Matcher iso = ISO.matcher(text);
        if (iso.find()) {
            String rest = text.substring(iso.end());
            if (MORE.matcher(rest).matches()) {
                throw zoneUnknown(rest.strip().split("\\s", 2)[0]);
            }
            return Optional.of(zoned(local(iso), iso.group(8)));
        }
        Matcher web = WEB.matcher(text);
        if (web.find()) {
            return Optional.of(
                    new Parsed(OffsetDateTime.parse(web.group(1), WEB_FORM).toInstant(), ""));
        }
        Matcher syslog = SYSLOG.matcher(text);
        return syslog.find() ? Optional.of(thisYear(syslog)) : Optional.empty();
    }

    private static LocalDateTime local(Matcher iso) {
        String fraction = iso.group(7) == null ? "" : (iso.group(7) + "00000000").substring(0, 9);
        return LocalDateTime.of(
                number(iso, 1),
                number(iso, 2),
                number(iso, 3),
                number(iso, 4),
                number(iso, 5),
                iso.group(6) == null ? 0 : number(iso, 6),
                fraction.isEmpty() ? 0 : Integer.parseInt(fraction) / 1000 * 1000);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private Parsed zoned(LocalDateTime local, String written) throws RecoveryException {
        String named = written == null ? "" : written.toUpperCase(Locale.ROOT);
        if (named.isEmpty() || NO_ZONES.contains(named)) {
            return new Parsed(local.toInstant(ZoneOffset.UTC), Messages.text("timeline.typed.utc"));
        }
        if (named.equals("Z") || named.equals("UTC") || named.equals("GMT")) {
            return new Parsed(local.toInstant(ZoneOffset.UTC), "");
        }
        if (named.startsWith("+") || named.startsWith("-")) {
            return new Parsed(local.toInstant(ZoneOffset.of(offset(named))), "");
        }
        if (HALF_DAYS.contains(named)) {
            throw halfDay(named);
        }
        if (named.equals("LOCAL")) {
            return ofLocalClock(local);
        }
        return new Parsed(local.toInstant(offsetOf(named, local)), "");
    }

    private static String offset(String named) {
        return named.length() == 5 ? named.substring(0, 3) + ":" + named.substring(3) : named;
    }

    private Parsed ofLocalClock(LocalDateTime local) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        String note =
                switch (offsets.size()) {
                    case 0 -> Messages.text("timeline.typed.missingHour");
                    case 1 -> Messages.text("timeline.typed.local");
                    default -> Messages.text("timeline.typed.doubleHour");
                };
        return new Parsed(ZonedDateTime.of(local, zone).toInstant(), note);
    }

    /** The local zone's own abbreviations are understood, and no other: they are ambiguous. */
    private ZoneOffset offsetOf(String named, LocalDateTime local) throws RecoveryException {
        TimeZone names = TimeZone.getTimeZone(zone);
        int standard = names.getRawOffset() / 1000;
        for (boolean summer : new boolean[] {false, true}) {
            if (names.getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH).equals(named)) {
                Instant there = local.toInstant(ZoneOffset.ofTotalSeconds(standard));
                long saved =
                        summer
                                ? Math.max(
                                        3600, zone.getRules().getDaylightSavings(there).toSeconds())
                                : 0;
                return ZoneOffset.ofTotalSeconds((int) (standard + saved));
            }
        }
        throw zoneUnknown(named);
    }

    private static RecoveryException halfDay(String named) {
        return new RecoveryException(
                ProblemCode.TIME_UNREADABLE,
                Messages.text("timeline.typed.halfDay", named),
                Messages.text("timeline.typed.halfDay.why"),
                Messages.text("timeline.typed.halfDay.remedy"));
    }

    private RecoveryException zoneUnknown(String named) {
        return new RecoveryException(
                ProblemCode.TIME_UNREADABLE,
                Messages.text("timeline.typed.zone", named),
                Messages.text(
                        "timeline.typed.zone.why",
                        zone.getDisplayName(TextStyle.FULL, Locale.ENGLISH)),
                Messages.text("timeline.typed.zone.remedy"));
    }

    /** Without a year it is the last one that does not lie ahead. */
    private Parsed thisYear(Matcher syslog) {
        int year = Year.from(now.atZone(ZoneOffset.UTC)).getValue();
        String rest = " " + syslog.group(1) + " " + syslog.group(2) + " " + syslog.group(3);
        Instant at = LocalDateTime.parse(year + rest, SYSLOG_FORM).toInstant(ZoneOffset.UTC);
        if (at.isAfter(now)) {
            at = LocalDateTime.parse(year - 1 + rest, SYSLOG_FORM).toInstant(ZoneOffset.UTC);
        }
        int taken = at.atZone(ZoneOffset.UTC).get(ChronoField.YEAR);
        return new Parsed(at, Messages.text("timeline.typed.utcOf", taken));
    }
}
