package dev.lifeboat.ui.theme;

/** How large everything is: large type for a tired reader or a projector. */
public enum FontScale {
    P100(100),
    P115(115),
    P140(140),
    P180(180);

    private static final double BASE_PIXELS = 14;
    private final int percent;

    FontScale(int percent) {
        this.percent = percent;
    }

    public int percent() {
        return percent;
    }

    /** The root's font size, which every other size is a multiple of. */
    public double pixels() {
        return BASE_PIXELS * percent / 100;
    }

    /** The next larger one; itself when there is none. */
    public FontScale larger() {
        return values()[Math.min(ordinal() + 1, values().length - 1)];
    }

    /** The next smaller one; itself when there is none. */
    public FontScale smaller() {
        return values()[Math.max(ordinal() - 1, 0)];
    }
}
