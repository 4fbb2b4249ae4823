package dev.lifeboat.settings;

/** What depends on a cluster: shown wherever something is about to be changed. */
public enum Classification {
    PRODUCTION,
    STAGING,
    DRILL,
    SANDBOX,
    /** The profile does not say, or there is none. Treated with the care of production. */
    UNKNOWN
}
