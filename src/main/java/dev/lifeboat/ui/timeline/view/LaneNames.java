package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.timeline.model.Lane;

/** What the lanes are called. */
public final class LaneNames {
    private LaneNames() {}

    public static String title(Lane lane) {
        return switch (lane) {
            case BASES -> "Base backups";
            case FULLS -> "Logical fulls";
            case WAL_PRIMARY -> "WAL primary";
            case WAL_DR -> "WAL DR copy";
            case BRANCHES -> "Timelines";
            case POINTS -> "Restore points";
            case DAMAGES -> "Damage";
            case COMMITS -> "Commits";
        };
    }
}
