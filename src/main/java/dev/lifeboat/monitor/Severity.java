package dev.lifeboat.monitor;

import java.util.Locale;

/** How bad a finding is; the later, the worse. */
public enum Severity {
    OK,
    /** Nothing is lost today, and something must be done. */
    WARNING,
    /** A goal is missed, data would be lost, or nothing is known. */
    CRITICAL;

    /** The name in JSON and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
