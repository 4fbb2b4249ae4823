package dev.lifeboat.backup;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.ManifestJson;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.wal.archive.ArchiveOwner;
import dev.lifeboat.wal.archive.ClusterIdentity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the newest finished base without listing its frames: a few requests, however many bases and
 * frames there are.
 */
public final class NewestBase implements ArchiveOwner {
    private static final Logger LOG = LoggerFactory.getLogger(NewestBase.class);
    private static final int LONGEST_MANIFEST_BYTES = 64 << 20;

    private final RegionPair regions;
    private final BackupKeys keys;

    /**
     * @param regions of the bucket of backups
     * @param prefix the profile's, empty or ending with a slash
     */
    public NewestBase(RegionPair regions, String prefix) {
        this.regions = regions;
        this.keys = new BackupKeys(prefix);
    }

    /**
     * The cluster of the newest base in any region, as its manifest tells it without proof: good
     * for keeping strangers out, not for restoring. That there is none is believed of the preferred
     * region, which bases are written to.
     */
    @Override
    public Optional<ClusterIdentity> newestBase() throws RecoveryException {
        Optional<Manifest> newest = Optional.empty();
        StorageException unknown = null;
        for (Region region : regions.regions()) {
            try {
                Optional<Manifest> found = in(region.store());
                newest = newer(newest, found);
            } catch (StorageException failure) {
                unknown = region.equals(regions.regions().getFirst()) ? failure : unknown;
            }
        }
        if (newest.isEmpty() && unknown != null) {
            throw unknown;
        }
        return newest.map(
                manifest ->
                        new ClusterIdentity(manifest.systemIdentifier(), manifest.serverMajor()));
    }

    private static Optional<Manifest> newer(Optional<Manifest> one, Optional<Manifest> other) {
        return Stream.concat(one.stream(), other.stream())
                .max(Comparator.comparing(Manifest::startedAt));
    }

    private Optional<Manifest> in(ObjectStore store) throws RecoveryException {
        String folder = keys.kind(BackupKind.BASE);
        for (String day : children(store, folder).reversed()) {
            for (String id : children(store, folder + day + "/").reversed()) {
                Optional<Manifest> manifest =
                        read(store, folder + day + "/" + id + "/" + BackupKeys.BASE_MANIFEST);
                if (manifest.isPresent()) {
                    return manifest;
                }
            }
        }
        return Optional.empty();
    }

    /** The names of the folders directly below a folder, one request each. */
    private static List<String> children(ObjectStore store, String folder)
            throws RecoveryException {
        var names = new ArrayList<String>();
        String startAfter = "";
        while (startAfter != null) {
            var next = new FirstKey();
            store.list(folder, startAfter, next::visit, CancelToken.never());
            startAfter = null;
            if (next.key != null) {
                String rest = next.key.substring(folder.length());
                int slash = rest.indexOf('/');
                String name = slash < 0 ? rest : rest.substring(0, slash);
                if (slash >= 0) {
                    names.add(name);
                }
                // The character after the slash sorts behind everything in that folder.
                startAfter = slash < 0 ? next.key : folder + name + (char) ('/' + 1);
            }
        }
        return names;
    }

    private static final class FirstKey {
        private String key;

        boolean visit(ObjectInfo object) {
            key = object.key();
            return false;
        }
    }

    /** Empty when there is none, or none that can be read: an older base is asked then. */
    private static Optional<Manifest> read(ObjectStore store, String key) throws RecoveryException {
        try (ObjectStream in = store.get(key, ByteRange.whole(), null)) {
            return Optional.of(
                    ManifestJson.read(in.readNBytes(LONGEST_MANIFEST_BYTES), key).manifest());
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.ABSENT) {
                return Optional.empty();
            }
            throw failure;
        } catch (IOException broken) {
            throw asProblem(key, broken);
        } catch (RecoveryException damaged) {
            LOG.warn("The manifest {} is passed over.", key, damaged);
            return Optional.empty();
        }
    }

    private static RecoveryException asProblem(String key, IOException broken) {
        try {
            return StreamException.unwrap(broken);
        } catch (IOException unknown) {
            return new RecoveryException(
                    ProblemCode.STORAGE_FAILED,
                    "The manifest " + key + " could not be read.",
                    "Its bytes could not be taken in: " + unknown.getMessage() + ".",
                    "Try again.",
                    unknown);
        }
    }
}
