package dev.lifeboat.storage;

import java.time.Duration;
import java.util.Locale;

/**
 * How fast an archived object comes back, and what that costs.
 *
 * <p>Source: Amazon S3 User Guide, "Understanding archive retrieval options".
 */
public enum ThawTier {
    /** Minutes; not for DEEP_ARCHIVE. */
    EXPEDITED(Duration.ofMinutes(5), Duration.ofHours(12)),
    /** 3-5 hours from GLACIER, within 12 from DEEP_ARCHIVE. */
    STANDARD(Duration.ofHours(5), Duration.ofHours(12)),
    /** 5-12 hours from GLACIER, within 48 from DEEP_ARCHIVE. */
    BULK(Duration.ofHours(12), Duration.ofHours(48));

    private final Duration fromGlacier;
    private final Duration fromDeepArchive;

    ThawTier(Duration fromGlacier, Duration fromDeepArchive) {
        this.fromGlacier = fromGlacier;
        this.fromDeepArchive = fromDeepArchive;
    }

    /** How long it takes at most from a storage class, as S3 writes it. */
    public Duration longest(String storageClass) {
        return storageClass.equals("DEEP_ARCHIVE") ? fromDeepArchive : fromGlacier;
    }

    /** As people read it. */
    @Override
    public String toString() {
        return "tier " + name().toLowerCase(Locale.ROOT);
    }
}
