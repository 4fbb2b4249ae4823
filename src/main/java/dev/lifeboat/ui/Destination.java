package dev.lifeboat.ui;

/**
 * The places of the navigation, in its order. What has no screen has no entry: the rail shows those
 * that were registered.
 */
public enum Destination {
    HEALTH("nav.health", "mdi2p-pulse"),
    CATALOG("nav.catalog", "mdi2a-archive-outline"),
    TIMELINE("nav.timeline", "mdi2c-chart-timeline-variant"),
    RESTORE("nav.restore", "mdi2l-lifebuoy"),
    RECORDS("nav.records", "mdi2f-file-document-outline"),
    SETTINGS("nav.settings", "mdi2c-cog-outline");

    private final String key;
    private final String icon;

    Destination(String key, String icon) {
        this.key = key;
        this.icon = icon;
    }

    /** The name people read. */
    public String title() {
        return Messages.text(key);
    }

    /** The icon's literal. */
    public String icon() {
        return icon;
    }
}
