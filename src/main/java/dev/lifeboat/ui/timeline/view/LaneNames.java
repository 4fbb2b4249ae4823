package dev.lifeboat.ui.timeline.view;

import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Lane;

/** What the lanes are called. */
public final class LaneNames {
    private LaneNames() {}

    public static String title(Lane lane) {
        return switch (lane) {
            case BASES -> Messages.text("timeline.lane.bases");
            case FULLS -> Messages.text("timeline.lane.fulls");
            case WAL_PRIMARY -> Messages.text("timeline.lane.walPrimary");
            case WAL_DR -> Messages.text("timeline.lane.walDr");
            case BRANCHES -> Messages.text("timeline.lane.branches");
            case POINTS -> Messages.text("timeline.lane.points");
            case DAMAGES -> Messages.text("timeline.lane.damage");
            case COMMITS -> Messages.text("timeline.lane.commits");
        };
    }
}
