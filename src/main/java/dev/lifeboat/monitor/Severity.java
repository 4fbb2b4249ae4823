package dev.lifeboat.monitor;

import java.util.Locale;

/** How bad a finding is; the later, the worse. */
public enum Severity {
    OK(0),
    /** Nothing is lost today, and something must be done. */
    WARNING(1),
    /** A goal is missed, data would be lost, or nothing is known. */
    CRITICAL(2);

    private final int level;

    Severity(int level) {
        this.level = level;
    }

    /** The number in metrics. */
    int level() {
        return level;
    }

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
