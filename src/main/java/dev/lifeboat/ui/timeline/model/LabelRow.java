package dev.lifeboat.ui.timeline.model;

import java.util.TreeMap;

/** One row of text: whoever comes first keeps the place, so the important labels are set first. */
public final class LabelRow {
    private final TreeMap<Double, Double> taken = new TreeMap<>();

    /** Takes the stretch when it is free; false when something stands there. */
    public boolean claim(double from, double to) {
        if (!isFree(from, to)) {
            return false;
        }
        taken.put(from, to);
        return true;
    }

    public boolean isFree(double from, double to) {
        var before = taken.lowerEntry(to);
        return before == null || before.getValue() <= from;
    }

    /** Where the next taken stretch behind a place begins; infinite when there is none. */
    public double nextTaken(double from) {
        Double next = taken.ceilingKey(from);
        return next == null ? Double.POSITIVE_INFINITY : next;
    }
}
