package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;

import java.util.Optional;

/**
 * A WAL file that is durable in S3.
 *
 * @param region where it lies
 * @param existed whether it was there before, with the same content
 * @param storedBytes its size there
 * @param identity which object it is, see {@link ObjectIdentity}
 * @param diverted why it is not in the primary region; not safe then, since nothing but DR has it
 */
public record Pushed(
        Region.Role region,
        boolean existed,
        long storedBytes,
        long identity,
        Optional<Problem> diverted) {
    static Pushed of(Region.Role region, boolean existed, ObjectInfo object) {
        return new Pushed(
                region, existed, object.sizeBytes(), ObjectIdentity.of(object), Optional.empty());
    }

    Pushed divertedBecause(Problem why) {
        return new Pushed(region, existed, storedBytes, identity, Optional.of(why));
    }
}
