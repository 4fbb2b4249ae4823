package dev.lifeboat.ui.timeline.view;

/**
 * The heights within the lane of the timelines: names above the line of what is live, a fork's ring
 * on it, what was left behind below. However low the lane is, none of them touches another.
 *
 * @param name the middle of the names
 * @param line of what is live
 * @param left the middle of what was left behind
 */
record BranchRow(double name, double line, double left) {
    /** What a fork's ring measures from its middle, in units. */
    static final double RING = 4.5;

    private static final double NAME_TO_LINE = 12.5;
    private static final double LEAST_LINE = 19;

    static BranchRow of(Geometry.Row row, double unit) {
        double line = Math.max(row.height() * 0.46, LEAST_LINE * unit);
        return new BranchRow(
                Math.rint(row.top() + line - NAME_TO_LINE * unit),
                Math.rint(row.top() + line),
                Math.rint(row.top() + row.height() * 0.8));
    }
}
