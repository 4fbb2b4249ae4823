package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.ui.Messages;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a time as people type or paste it: {@code now-15m}, {@code -1h}, {@code 2026-11-23 02:52},
 * {@code 02:52}, seconds, milliseconds or microseconds since 1970, a whole line of a log. Without a
 * zone it is UTC, and the answer says so.
 */
public final class TimeInput {
    private static final Pattern RELATIVE =
            Pattern.compile("(?i)(?:now)?\\s*(?:-\\s*((?:\\d+\\s*[smhdw]\\s*)+))?");
    private static final Pattern PART = Pattern.compile("(\\d+)\\s*([smhdw])");
    private static final Pattern EPOCH = Pattern.compile("(\\d{10}|\\d{13}|\\d{16})(\\.\\d{1,6})?");
    private static final Pattern CLOCK =
            Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2}(?:\\.\\d{1,6})?))?(.*)");
    private static final Duration FAST_CLOCK = Duration.ofMinutes(5);

    private final Instant now;
    private final LogTime logs;

    /**
     * @param now what relative times are counted from
     * @param zone whose abbreviations, and the word {@code local}, are understood
     */
    public TimeInput(Instant now, ZoneId zone) {
        this.now = now;
        this.logs = new LogTime(now, zone);
    }

    /**
     * What was understood.
     *
     * @param note how the text was taken where it leaves that open; empty otherwise
     */
    public record Parsed(Instant instant, String note) {}

    /**
     * Reads the text.
     *
     * @throws RecoveryException {@link ProblemCode#TIME_UNREADABLE} when there is no time in it, or
     *     its zone is not known
     */
    public Parsed parse(String typed) throws RecoveryException {
        String text = typed.strip();
        try {
            Optional<Parsed> plain = relative(text).or(() -> epoch(text));
            if (plain.isPresent()) {
                return plain.get();
            }
            Matcher clock = CLOCK.matcher(text);
            Optional<Parsed> found = clock.matches() ? clock(clock) : logs.find(text);
            return found.orElseThrow(() -> unreadable(typed));
        } catch (DateTimeException | ArithmeticException impossible) {
            throw new RecoveryException(
                    ProblemCode.TIME_UNREADABLE,
                    unreadable(typed).problem().what(),
                    Messages.text("timeline.typed.impossible"),
                    REMEDY,
                    impossible);
        }
    }

    private static final String REMEDY = Messages.text("timeline.typed.remedy");

    private static RecoveryException unreadable(String typed) {
        String shown = typed.length() > 60 ? typed.substring(0, 60) + "…" : typed;
        return new RecoveryException(
                ProblemCode.TIME_UNREADABLE,
                Messages.text("timeline.typed.unreadable", shown),
                Messages.text("timeline.typed.why"),
                REMEDY);
    }

    private Optional<Parsed> relative(String text) {
        Matcher whole = RELATIVE.matcher(text);
        if (text.isEmpty() || !whole.matches()) {
            return Optional.empty();
        }
        Duration back = Duration.ZERO;
        Matcher part = PART.matcher(whole.group(1) == null ? "" : whole.group(1));
        while (part.find()) {
            back = back.plus(length(Long.parseLong(part.group(1)), part.group(2)));
        }
        return Optional.of(new Parsed(now.minus(back), ""));
    }

    private static Duration length(long count, String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(Math.multiplyExact(7, count));
        };
    }

    private static Optional<Parsed> epoch(String text) {
        Matcher matcher = EPOCH.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        long unit =
                switch (matcher.group(1).length()) {
                    case 10 -> 1_000_000;
                    case 13 -> 1000;
                    default -> 1;
                };
        long fraction =
                matcher.group(2) == null
                        ? 0
                        : (long) (Double.parseDouble("0" + matcher.group(2)) * unit);
        return Optional.of(
                new Parsed(
                        Micros.instant(number * unit + fraction),
                        Messages.text("timeline.typed.epoch")));
    }

    /**
     * A time of day is that of today, or of yesterday when today's is still to come; not when it
     * comes so soon that another clock, fast by that much, may show it already.
     */
    private Optional<Parsed> clock(Matcher matcher) throws RecoveryException {
        String day = now.atZone(ZoneOffset.UTC).toLocalDate().toString();
        String time =
                (matcher.group(1).length() == 1 ? "0" : "")
                        + matcher.group(1)
                        + ":"
                        + matcher.group(2)
                        + ":"
                        + (matcher.group(3) == null ? "00" : matcher.group(3));
        Optional<Parsed> today = logs.find(day + " " + time + matcher.group(4));
        return today.map(
                parsed ->
                        parsed.instant().isAfter(now.plus(FAST_CLOCK))
                                ? new Parsed(
                                        parsed.instant().minus(Duration.ofDays(1)),
                                        join(
                                                Messages.text("timeline.typed.yesterday"),
                                                parsed.note()))
                                : new Parsed(
                                        parsed.instant(),
                                        join(
                                                Messages.text("timeline.typed.today"),
                                                parsed.note())));
    }

    private static String join(String first, String second) {
        return second.isEmpty() ? first : first + ", " + second;
    }

    /** The form to show and to paste elsewhere. */
    public static String text(Instant instant) {
        return Timestamps.postgres(instant);
    }
}
