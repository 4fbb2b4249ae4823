package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.storage.Region;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares what a manifest names with what the regions' listings show. */
final class PresenceJudge {
    private final BackupPlace place;
    private final Map<Region.Role, BackupObjects> there;

    /**
     * @param there the regions that were listed, each with what it has of the backup
     */
    PresenceJudge(BackupPlace place, Map<Region.Role, BackupObjects> there) {
        this.place = place;
        this.there = there;
    }

    /** What one region that was listed has of it. */
    BackupPresence judge(Region.Role role, Manifest manifest, Optional<Problem> manifestFault) {
        BackupObjects objects = there.get(role);
        int expected = manifest.objects().size() + 1;
        if (objects.count() == 0 && objects.manifest().isEmpty()) {
            return new BackupPresence(RegionState.MISSING, 0, expected, Optional.empty());
        }
        int whole = 0;
        Optional<Problem> first = manifestFault;
        for (Manifest.StoredObject object : manifest.objects()) {
            if (isWhole(objects, object)) {
                whole++;
            } else if (first.isEmpty()) {
                first = Optional.of(wrong(role, objects, object));
            }
        }
        if (objects.manifest().isEmpty()) {
            first = first.or(() -> Optional.of(noManifest(role)));
        } else if (manifestFault.isEmpty()) {
            whole++;
        }
        RegionState state = first.isEmpty() ? RegionState.PRESENT : RegionState.DAMAGED;
        return new BackupPresence(state, whole, expected, first);
    }

    /** The first object that no region has whole; empty when each is to be had somewhere. */
    Optional<Problem> unobtainable(Manifest manifest) {
        for (Manifest.StoredObject object : manifest.objects()) {
            if (there.values().stream().noneMatch(objects -> isWhole(objects, object))) {
                return Optional.of(
                        new Problem(
                                ProblemCode.BACKUP_INCOMPLETE,
                                "Backup " + manifest.id() + " is not whole in any region.",
                                "The object "
                                        + object.key()
                                        + " of "
                                        + object.storedBytes()
                                        + " bytes is missing, or has another size.",
                                "Choose another backup; `lifeboat catalog` shows which are whole."));
            }
        }
        return Optional.empty();
    }

    private boolean isWhole(BackupObjects objects, Manifest.StoredObject object) {
        OptionalLong size = size(objects, object);
        return size.isPresent() && size.getAsLong() == object.storedBytes();
    }

    private OptionalLong size(BackupObjects objects, Manifest.StoredObject object) {
        return object.key().startsWith(place.stem())
                ? objects.sizeOf(object.key().substring(place.stem().length()))
                : OptionalLong.empty();
    }

    private Problem wrong(Region.Role role, BackupObjects objects, Manifest.StoredObject object) {
        OptionalLong size = size(objects, object);
        boolean shorter = size.isPresent() && size.getAsLong() < object.storedBytes();
        return new Problem(
                size.isEmpty()
                        ? ProblemCode.OBJECT_MISSING
                        : shorter ? ProblemCode.OBJECT_TRUNCATED : ProblemCode.OBJECT_DAMAGED,
                "The object "
                        + object.key()
                        + (size.isEmpty() ? " is missing in " : " has another size in ")
                        + role
                        + ".",
                size.isEmpty()
                        ? "The manifest names it with " + object.storedBytes() + " bytes."
                        : "It has "
                                + size.getAsLong()
                                + " bytes, and the manifest names "
                                + object.storedBytes()
                                + ".",
                "Copy it there from the region that has it whole; until then a restore takes it"
                        + " from that region.");
    }

    private Problem noManifest(Region.Role role) {
        return new Problem(
                ProblemCode.BACKUP_INCOMPLETE,
                "The manifest " + place.manifestKey() + " is missing in " + role + ".",
                "The other region has it.",
                "Copy it there from that region once all objects are there.");
    }
}
