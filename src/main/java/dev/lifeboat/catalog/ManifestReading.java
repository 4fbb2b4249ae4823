package dev.lifeboat.catalog;

import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.Region;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads the copies of a manifest, from the cache where it has them. Safe for many threads. */
final class ManifestReading {
    private static final long LARGEST_BYTES = 256L << 20;

    private final Optional<KeyRing> keys;
    private final ManifestCache cache;

    ManifestReading(Optional<KeyRing> keys, ManifestCache cache) {
        this.keys = keys;
        this.cache = cache;
    }

    /** One document as it was understood. */
    private record Understood(
            Manifest manifest, boolean authenticated, Optional<Problem> problem) {}

    /**
     * Finds the first good copy. Copies with other bytes than that one are faults of their regions.
     *
     * @param id what the key says the backup is called: a manifest of another one is not believed
     * @param copies what each region's listing shows, the preferred region first
     */
    ManifestFound read(String id, SequencedMap<Region, ObjectInfo> copies)
            throws CancelledException {
        Map<Region.Role, Problem> faults = new EnumMap<>(Region.Role.class);
        Map<ObjectInfo, byte[]> seen = new LinkedHashMap<>();
        Understood good = null;
        byte[] goodBytes = null;
        for (Map.Entry<Region, ObjectInfo> copy : copies.entrySet()) {
            try {
                byte[] document = bytes(copy.getKey(), copy.getValue(), seen);
                if (good == null) {
                    good = understood(id, document, copy.getKey(), copy.getValue());
                    goodBytes = document;
                } else if (!Arrays.equals(goodBytes, document)) {
                    faults.put(copy.getKey().role(), differs(copy.getKey(), copy.getValue()));
                }
            } catch (CancelledException stopped) {
                throw stopped;
            } catch (RecoveryException fault) {
                faults.put(copy.getKey().role(), fault.problem());
            }
        }
        return good == null
                ? none(copies, faults)
                : found(good, Sha256.of(goodBytes).sha256(), faults);
    }

    private static ManifestFound found(
            Understood good, String sha256, Map<Region.Role, Problem> faults) {
        return new ManifestFound(
                Optional.of(good.manifest),
                sha256,
                BackupStatus.FINISHED,
                good.authenticated,
                good.problem,
                faults);
    }

    private static ManifestFound none(
            SequencedMap<Region, ObjectInfo> copies, Map<Region.Role, Problem> faults) {
        Problem telling = null;
        BackupStatus status = BackupStatus.MANIFEST_UNREAD;
        for (Region region : copies.keySet()) {
            Problem fault = faults.get(region.role());
            if (telling == null || status == BackupStatus.MANIFEST_UNREAD) {
                telling = fault;
                status = statusOf(fault.code());
            }
        }
        return new ManifestFound(
                Optional.empty(), "", status, false, Optional.ofNullable(telling), faults);
    }

    private static BackupStatus statusOf(ProblemCode code) {
        return switch (code) {
            case MANIFEST_DAMAGED -> BackupStatus.MANIFEST_DAMAGED;
            case MANIFEST_TOO_NEW -> BackupStatus.MANIFEST_TOO_NEW;
            case MANIFEST_UNTRUSTED -> BackupStatus.MANIFEST_UNTRUSTED;
            default -> BackupStatus.MANIFEST_UNREAD;
        };
    }

    /** Equal ETags and sizes are equal bytes: the second region's copy is not read again. */
    private byte[] bytes(Region region, ObjectInfo object, Map<ObjectInfo, byte[]> seen)
            throws RecoveryException {
        for (Map.Entry<ObjectInfo, byte[]> other : seen.entrySet()) {
            if (other.getKey().etag().equals(object.etag())
                    && other.getKey().sizeBytes() == object.sizeBytes()) {
                return other.getValue();
            }
        }
        Optional<byte[]> kept = cache.get(region.store().name(), object);
        byte[] document = kept.isPresent() ? kept.get() : fetched(region, object);
        seen.put(object, document);
        return document;
    }

    private byte[] fetched(Region region, ObjectInfo object) throws RecoveryException {
        if (object.sizeBytes() > LARGEST_BYTES) {
            throw new RecoveryException(
                    ProblemCode.MANIFEST_DAMAGED,
                    "The manifest "
                            + region.store().name()
                            + "/"
                            + object.key()
                            + " is no manifest.",
                    "It has " + object.sizeBytes() + " bytes, more than any manifest has.",
                    "Take the copy of the other region, or another backup of the catalog.");
        }
        try (ObjectStream body =
                region.store().get(object.key(), ByteRange.whole(), object.etag())) {
            byte[] document = body.readAllBytes();
            cache.put(region.store().name(), object, document);
            return document;
        } catch (IOException broken) {
            throw StreamFailure.of(broken, "The manifest " + object.key());
        }
    }

    private Understood understood(String id, byte[] document, Region region, ObjectInfo object)
            throws RecoveryException {
        String name = region.store().name() + "/" + object.key();
        ManifestJson.Unverified unverified = ManifestJson.read(document, name);
        Manifest manifest = unverified.manifest();
        if (!id.equals(manifest.id())) {
            throw new RecoveryException(
                    ProblemCode.MANIFEST_UNTRUSTED,
                    "The manifest " + name + " is that of another backup.",
                    "It names " + manifest.id() + ", and lies where that of " + id + " belongs.",
                    "Take the copy of the other region, or another backup of the catalog.");
        }
        if (keys.isEmpty()) {
            return new Understood(manifest, false, Optional.empty());
        }
        try {
            return new Understood(unverified.verify(keys.get()), true, Optional.empty());
        } catch (RecoveryException refused) {
            if (refused.code() == ProblemCode.KEY_WRONG) {
                return new Understood(manifest, false, Optional.of(refused.problem()));
            }
            throw refused;
        }
    }

    private static Problem differs(Region region, ObjectInfo object) {
        return new Problem(
                ProblemCode.MANIFEST_UNTRUSTED,
                "The manifest " + region.store().name() + "/" + object.key() + " differs.",
                "The other region holds another manifest under the same key.",
                "Verify the backup with `lifeboat verify` to see which region's objects are whole.");
    }
}
