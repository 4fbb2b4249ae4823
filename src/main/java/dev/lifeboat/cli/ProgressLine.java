package dev.lifeboat.cli;

import dev.lifeboat.kernel.TimeSpan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line that says how far work has come. */
record ProgressLine(String what, ProgressUnit unit) {
    private static final int BAR = 24;

    /** With a bar, for a terminal. */
    String drawn(ProgressMeter.Reading reading) {
        return what + " " + bar(reading) + "  " + text(reading);
    }

    /** In words, for a log. */
    String plain(ProgressMeter.Reading reading) {
        return what + ": " + text(reading);
    }

    /** When the work is over. */
    String done(ProgressMeter.Reading reading) {
        return what
                + ": "
                + unit.amount(reading.done(), 0)
                + " in "
                + told(Math.round(reading.elapsedSeconds()))
                + ", "
                + unit.rate(reading.perSecondOverall());
    }

    private String bar(ProgressMeter.Reading reading) {
        if (reading.total() <= 0) {
            return "";
        }
        int filled = (int) Math.min(BAR, reading.done() * (double) BAR / reading.total());
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
    }

    private String text(ProgressMeter.Reading reading) {
        List<String> parts = new ArrayList<>();
        if (reading.total() > 0) {
            long percent = Math.min(100, (long) (100.0 * reading.done() / reading.total()));
            parts.add(String.format(Locale.ROOT, "%3d %%", percent));
        }
        parts.add(unit.amount(reading.done(), reading.total()));
        parts.add(unit.rate(reading.perSecond()));
        reading.secondsLeft().ifPresent(left -> parts.add(left(left)));
        if (reading.retries() > 0) {
            parts.add(reading.retries() + (reading.retries() == 1 ? " retry" : " retries"));
        }
        if (!reading.waitingFor().isEmpty()) {
            parts.add("waiting for " + reading.waitingFor());
        }
        return String.join("  ", parts);
    }

    private static String left(ProgressMeter.Range seconds) {
        String low = told(seconds.low());
        String high = told(seconds.high());
        return low.equals(high) ? low + " left" : low + " to " + high + " left";
    }

    private static String told(long seconds) {
        return TimeSpan.told(Duration.ofSeconds(seconds));
    }
}
