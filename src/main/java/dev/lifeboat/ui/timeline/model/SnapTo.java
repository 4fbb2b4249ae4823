package dev.lifeboat.ui.timeline.model;

/** What a marker that is put down is drawn to. */
public enum SnapTo {
    /** Commits, restore points, ends of backups, the moment before damage; else the grid. */
    EVERYTHING,
    /** The same without single commits. */
    EVENTS,
    /** Round times, as fine as the scale allows. */
    GRID,
    NOTHING
}
