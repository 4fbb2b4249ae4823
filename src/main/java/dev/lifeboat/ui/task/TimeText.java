package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.kernel.Timestamps;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes times for people: UTC first, local beside it, and how long ago. Safe for any thread. */
public final class TimeText {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private final Clock clock;
    private final ZoneId zone;

    public TimeText(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    public Clock clock() {
        return clock;
    }

    public ZoneId zone() {
        return zone;
    }

    /** {@code 2026-11-23 02:52:07Z}. */
    public String utc(Instant at) {
        return UTC.format(at);
    }

    /** {@code 03:52:07 CET}, with the day where it is another one than in UTC. */
    public String local(Instant at) {
        var there = at.atZone(zone);
        boolean sameDay = there.toLocalDate().equals(at.atZone(ZoneOffset.UTC).toLocalDate());
        String pattern = sameDay ? "HH:mm:ss z" : "MM-dd HH:mm:ss z";
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(there);
    }

    /** {@code 2026-11-23 02:52:07Z (03:52:07 CET)}. */
    public String both(Instant at) {
        return utc(at) + " (" + local(at) + ")";
    }

    /** As {@link #both}, to the microsecond: {@code 2026-11-23 02:52:07.123456Z (03:52:07 CET)}. */
    public String exact(Instant at) {
        return Timestamps.exact(at, zone);
    }

    /** The time of day, {@code 02:52:07Z}. */
    public String clockUtc(Instant at) {
        return CLOCK.format(at);
    }

    /** {@code 4 m 12 s ago}; {@code in 3 h 5 m} for what is to come; {@code now} below a second. */
    public String ago(Instant at) {
        Duration since = Duration.between(at, clock.instant());
        if (since.abs().toSeconds() == 0) {
            return "now";
        }
        return since.isNegative()
                ? "in " + TimeSpan.told(since.negated())
                : TimeSpan.told(since) + " ago";
    }
}
