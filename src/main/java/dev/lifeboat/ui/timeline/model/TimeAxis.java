package dev.lifeboat.ui.timeline.model;

import dev.lifeboat.ui.Messages;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The two rows of the axis: UTC, and the operator's own clock below it. The divisions are UTC's, so
 * that they are evenly spaced; where the local clock is put forward or back, the axis says so, and
 * every local label names its zone as it was then: an hour that comes twice is told apart.
 */
public final class TimeAxis {
    private static final DateTimeFormatter DAY = formatter("d MMM");
    private static final DateTimeFormatter MINUTES = formatter("HH:mm");
    private static final DateTimeFormatter SECONDS = formatter("HH:mm:ss");
    private static final DateTimeFormatter MILLIS = formatter("HH:mm:ss.SSS");
    private static final DateTimeFormatter ZONE = formatter("z");

    private final ZoneId zone;

    public TimeAxis(ZoneId zone) {
        this.zone = zone;
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    /**
     * A division.
     *
     * @param newDay whether a day begins there in UTC
     */
    public record Tick(long at, String utc, String local, boolean newDay) {}

    /**
     * The local clock is put forward or back.
     *
     * @param label what happens: {@code CEST → CET: 02:00–03:00 comes twice}
     */
    public record ClockChange(long at, String label) {}

    /**
     * The divisions of what is shown.
     *
     * @param minPixels how much room a label needs
     */
    public List<Tick> ticks(Viewport view, double minPixels) {
        TimeStep step = TimeStep.atLeast(Math.round(minPixels * view.microsPerPixel()));
        List<Tick> ticks = new ArrayList<>();
        for (long at = step.ceiling(view.from()); at <= view.to(); at += step.micros()) {
            ticks.add(tick(at, step.micros()));
        }
        return ticks;
    }

    private Tick tick(long at, long step) {
        Instant instant = Micros.instant(at);
        var utc = instant.atZone(ZoneOffset.UTC);
        var local = instant.atZone(zone);
        boolean newDay = Math.floorMod(at, Micros.DAY) == 0;
        DateTimeFormatter clock =
                step < Micros.SECOND ? MILLIS : step < Micros.MINUTE ? SECONDS : MINUTES;
        String utcText =
                step >= Micros.DAY
                        ? DAY.format(utc)
                        : (newDay ? DAY.format(utc) + " " : "") + clock.format(utc) + "Z";
        String localText =
                (step >= Micros.DAY && local.getDayOfYear() != utc.getDayOfYear()
                                ? DAY.format(local) + " "
                                : "")
                        + clock.format(local)
                        + " "
                        + ZONE.format(local);
        return new Tick(at, utcText, localText, newDay);
    }

    /** Where the local clock changes in what is shown. */
    public List<ClockChange> changes(Viewport view) {
        List<ClockChange> changes = new ArrayList<>();
        Instant end = Micros.instant(view.to());
        ZoneOffsetTransition next =
                zone.getRules().nextTransition(Micros.instant(view.from()).minusMillis(1));
        while (next != null && !next.getInstant().isAfter(end)) {
            changes.add(new ClockChange(Micros.of(next.getInstant()), label(next)));
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return changes;
    }

    private String label(ZoneOffsetTransition change) {
        String before = ZONE.format(change.getInstant().minusSeconds(1).atZone(zone));
        String after = ZONE.format(change.getInstant().atZone(zone));
        String low =
                MINUTES.format(
                        change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter());
        String high =
                MINUTES.format(
                        change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore());
        return change.isGap()
                ? Messages.text("timeline.clock.missing", before, after, low, high)
                : Messages.text("timeline.clock.twice", before, after, low, high);
    }

    /** A time in full, UTC: {@code 2026-11-23 02:52:07.123456Z}, as fine as it is. */
    public static String utc(long time) {
        var utc = Micros.instant(time).atZone(ZoneOffset.UTC);
        return full(time).format(utc) + "Z";
    }

    /** A time on the local clock, with the zone and, where it differs from UTC's, the day. */
    public String local(long time) {
        var local = Micros.instant(time).atZone(zone);
        var utc = Micros.instant(time).atZone(ZoneOffset.UTC);
        String day =
                local.toLocalDate().equals(utc.toLocalDate())
                        ? ""
                        : formatter("yyyy-MM-dd ").format(local);
        return day + clock(time).format(local) + " " + ZONE.format(local);
    }

    private static DateTimeFormatter full(long time) {
        return formatter("yyyy-MM-dd HH:mm:ss" + fraction(time));
    }

    private static DateTimeFormatter clock(long time) {
        return formatter("HH:mm:ss" + fraction(time));
    }

    private static String fraction(long time) {
        if (time % Micros.SECOND == 0) {
            return "";
        }
        return time % 1000 == 0 ? ".SSS" : ".SSSSSS";
    }

    /** The name of the local zone at a time, with its offset: {@code CET +01:00}. */
    public String zoneName(long time) {
        return formatter("z XXX").format(Micros.instant(time).atZone(zone));
    }

    /** The day at a time, UTC: {@code 23 Nov 2026}. */
    public static String day(long time) {
        return formatter("d MMM yyyy").format(Micros.instant(time).atZone(ZoneOffset.UTC));
    }
}
