package dev.lifeboat.replication;

import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectVersion;
import dev.lifeboat.storage.Region;

import java.util.Map;
import java.util.Optional;

/**
 * One object that is not the same in both regions.
 *
 * @param wal whether it lies in the bucket of WAL
 * @param there the copies there are, as listings showed them
 * @param good the region whose copy is good, and can be taken to the other one; empty when there is
 *     none
 * @param kept where no copy is good: the newest older version that was read and is; empty when none
 *     was found, or nobody looked
 * @param evidence what was seen, full sentences
 */
public record Difference(
        String key,
        boolean wal,
        Kind kind,
        Map<Region.Role, ObjectInfo> there,
        Optional<Region.Role> good,
        Optional<Kept> kept,
        String evidence) {
    /** An older version in a bucket that keeps them. */
    public record Kept(Region.Role region, ObjectVersion version) {}

    /** What is the matter. */
    public enum Kind {
        MISSING_IN_PRIMARY,
        MISSING_IN_DR,
        DAMAGED_IN_PRIMARY,
        DAMAGED_IN_DR,
        /** No region has a good copy; a bucket may keep an older version that is. */
        LOST,
        /** Both may be right, and nothing says which. */
        CONFLICT,
        /** It lies in an archive class and cannot be read now. */
        ARCHIVED;

        static Kind missing(Region.Role role) {
            return role == Region.Role.PRIMARY ? MISSING_IN_PRIMARY : MISSING_IN_DR;
        }

        static Kind damaged(Region.Role role) {
            return role == Region.Role.PRIMARY ? DAMAGED_IN_PRIMARY : DAMAGED_IN_DR;
        }

        /** Whether it is missing in some region and nothing worse. */
        public boolean isMissing() {
            return this == MISSING_IN_PRIMARY || this == MISSING_IN_DR;
        }
    }

    public Difference {
        there = Map.copyOf(there);
    }

    /** Whether it can be mended without anybody deciding anything. */
    public boolean isMendable() {
        return good.isPresent() || kept.isPresent();
    }

    /** How many bytes mending it moves into one region. */
    long mendingBytes() {
        return good.map(role -> there.get(role).sizeBytes())
                .or(() -> kept.map(older -> older.version().object().sizeBytes()))
                .orElse(0L);
    }

    /** The region that is to get the good copy. */
    Region.Role target() {
        return good.orElseThrow() == Region.Role.PRIMARY ? Region.Role.DR : Region.Role.PRIMARY;
    }
}
