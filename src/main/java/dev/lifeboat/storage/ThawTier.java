package dev.lifeboat.storage;

/**
 * How fast an archived object comes back, and what that costs.
 *
 * <p>Source: Amazon S3 User Guide, "Understanding archive retrieval options".
 */
public enum ThawTier {
    /** Minutes; not for DEEP_ARCHIVE. */
    EXPEDITED,
    /** 3-5 hours from GLACIER, within 12 from DEEP_ARCHIVE. */
    STANDARD,
    /** 5-12 hours from GLACIER, within 48 from DEEP_ARCHIVE. */
    BULK
}
