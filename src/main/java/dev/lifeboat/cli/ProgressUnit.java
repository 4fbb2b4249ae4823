package dev.lifeboat.cli;

import dev.lifeboat.kernel.ByteSize;

import java.util.Locale;

/** What a progress counts. */
public enum ProgressUnit {
    BYTES,
    OBJECTS,
    SEGMENTS,
    ROWS;

    String amount(long units) {
        return this == BYTES ? ByteSize.format(units) : Long.toString(units);
    }

    /** {@code 1.2 GiB of 2.8 GiB}, {@code 12 of 40 segments}; the whole left out when unknown. */
    String amount(long done, long total) {
        String amounts = total > 0 ? amount(done) + " of " + amount(total) : amount(done);
        return this == BYTES ? amounts : amounts + " " + name().toLowerCase(Locale.ROOT);
    }

    String rate(double unitsPerSecond) {
        return this == BYTES
                ? ByteSize.format(Math.round(unitsPerSecond)) + "/s"
                : String.format(Locale.ROOT, "%.1f/s", unitsPerSecond);
    }
}
