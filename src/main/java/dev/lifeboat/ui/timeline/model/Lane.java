package dev.lifeboat.ui.timeline.model;

/** The rows of the timeline, from top to bottom. */
public enum Lane {
    BASES,
    FULLS,
    WAL_PRIMARY,
    WAL_DR,
    BRANCHES,
    POINTS,
    DAMAGES,
    COMMITS
}
