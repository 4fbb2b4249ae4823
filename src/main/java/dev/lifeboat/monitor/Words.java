package dev.lifeboat.monitor;

import dev.lifeboat.kernel.Timestamps;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times and counts as the findings write them. */
final class Words {
    private Words() {}

    /** {@code 2026-04-07 02:00:13Z}. */
    static String time(Instant instant) {
        String both = Timestamps.both(instant.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);
        return both.substring(0, both.indexOf('Z') + 1);
    }

    /** {@code 1 segment}, {@code 2 segments}. */
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
