package dev.lifeboat.storage.memory;

import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectInfo.Availability;
import dev.lifeboat.storage.PutOptions;

import java.time.Clock;
import java.time.Instant;

/**
 * One object.
 *
 * @param bytes never changed once stored
 * @param thawedFrom when the readable copy of an archived object is there; null when none was asked
 *     for
 * @param thawedUntil when that copy goes away
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredBytes(
        String key,
        byte[] bytes,
        String etag,
        Instant lastModified,
        PutOptions options,
        Instant thawedFrom,
        Instant thawedUntil) {
    ObjectInfo describe(Clock clock) {
        return new ObjectInfo(
                key,
                bytes.length,
                etag,
                lastModified,
                options.storageClass(),
                options.metadata(),
                availability(clock.instant()));
    }

    StoredBytes thawed(Instant from, Instant until) {
        return new StoredBytes(key, bytes, etag, lastModified, options, from, until);
    }

    private Availability availability(Instant now) {
        Availability byClass = Availability.ofClass(options.storageClass());
        if (byClass == Availability.AVAILABLE || thawedFrom == null || !now.isBefore(thawedUntil)) {
            return byClass;
        }
        return now.isBefore(thawedFrom) ? Availability.THAWING : Availability.THAWED;
    }
}
