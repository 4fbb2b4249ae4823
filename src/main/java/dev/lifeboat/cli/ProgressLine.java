package dev.lifeboat.cli;

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
                + duration(Math.round(reading.elapsedSeconds()))
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
        String low = duration(seconds.low());
        String high = duration(seconds.high());
        return low.equals(high) ? low + " left" : low + " to " + high + " left";
    }

    /** {@code 45 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        long minutes = seconds / 60 % 60;
        return seconds / 3600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }
}
