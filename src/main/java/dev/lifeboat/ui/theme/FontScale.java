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
        return switch (this) {
            case P100 -> P115;
            case P115 -> P140;
            case P140, P180 -> P180;
        };
    }

    /** The next smaller one; itself when there is none. */
    public FontScale smaller() {
        return switch (this) {
            case P180 -> P140;
            case P140 -> P115;
            case P115, P100 -> P100;
        };
    }
}
