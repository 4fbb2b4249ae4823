package dev.lifeboat.rotation;

import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.crypto.KeyFingerprint;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Lease;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings everything that is stored under the ring's current key, in every region. Goes on where an
 * earlier run stopped. For one thread.
 */
public final class KeyRotation {
    /** The name of the lease that every rotation takes. */
    public static final String LEASE = "rotation";

    private final Catalog catalog;
    private final RegionPair backups;
    private final RegionPair wal;
    private final KeyRing keys;
    private final String prefix;
    private final Leases leases;

    /**
     * @param backups every region that is set up
     * @param keys stay the caller's
     * @param leases a rotation also takes those of cleanup and replication, which change the same
     *     objects
     */
    public KeyRotation(
            Catalog catalog,
            RegionPair backups,
            RegionPair wal,
            KeyRing keys,
            String prefix,
            Leases leases) {
        this.catalog = catalog;
        this.backups = backups;
        this.wal = wal;
        this.keys = keys;
        this.prefix = prefix;
        this.leases = leases;
    }

    /** Something that keeps its key, and why. */
    public record Left(String name, String why) {}

    /**
     * What is to be done, or was.
     *
     * @param backups ids
     * @param walObjects counted in each region
     * @param indexBlocks of the index of WAL under an older key: they are dropped, since WAL that
     *     was encrypted anew is indexed anew
     */
    public record Outcome(
            List<String> backups,
            long bytes,
            long walObjects,
            long walBytes,
            long indexBlocks,
            List<Left> left) {
        public Outcome {
            backups = List.copyOf(backups);
            left = List.copyOf(left);
        }
    }

    /** Which key opens what, the current one first. */
    public List<KeyUse> uses(CancelToken cancel, Progress progress) throws RecoveryException {
        return new KeyUses(keys)
                .of(catalog.load(cancel), new WalKeys(wal, prefix, cancel).all(progress));
    }

    /** What {@link #apply} would do now. */
    public Outcome plan(CancelToken cancel, Progress progress) throws RecoveryException {
        CatalogListing listing = whole(cancel);
        List<Left> left = new ArrayList<>();
        List<CatalogEntry> open = open(listing, left, null, cancel);
        WalKeys walKeys = new WalKeys(wal, prefix, cancel);
        List<WalKeys.Named> old = walKeys.old(keys, left, progress);
        return new Outcome(
                open.stream().map(CatalogEntry::id).toList(),
                open.stream().mapToLong(entry -> entry.facts().storedBytes()).sum(),
                old.size(),
                old.stream().mapToLong(named -> named.object().sizeBytes()).sum(),
                new IndexKeys(wal, prefix, cancel).old(keys).size(),
                left);
    }

    /**
     * Does it.
     *
     * @param progress counts stored bytes
     * @throws RecoveryException LEASE_HELD; LEASE_LOST; what keeps a region from answering. What
     *     one backup or file meets is told in the outcome
     */
    public Outcome apply(String owner, CancelToken cancel, Progress progress)
            throws RecoveryException {
        try (Lease lease = leases.take(LEASE, owner);
                Lease _ = leases.take("cleanup", owner);
                Lease _ = leases.take("replication", owner)) {
            CatalogListing listing = whole(cancel);
            List<Left> left = new ArrayList<>();
            List<CatalogEntry> open = open(listing, left, lease, cancel);
            WalKeys walKeys = new WalKeys(wal, prefix, cancel);
            List<WalKeys.Named> old = walKeys.old(keys, left, Progress.unwatched());
            progress.setTotal(
                    open.stream().mapToLong(entry -> entry.facts().storedBytes()).sum()
                            + old.stream().mapToLong(named -> named.object().sizeBytes()).sum());
            var rekey = new BackupRekey(catalog, backups, keys, lease, cancel, progress);
            List<CatalogEntry> done = new ArrayList<>();
            for (CatalogEntry entry : open) {
                lease.keep();
                if (attempt(entry.id(), left, () -> rekey.rekey(entry))) {
                    done.add(entry);
                }
            }
            WalKeys.Rekeyed files = walKeys.rekey(old, keys, lease, left, progress);
            long blocks = new IndexKeys(wal, prefix, cancel).drop(keys, lease);
            return new Outcome(
                    done.stream().map(CatalogEntry::id).toList(),
                    done.stream().mapToLong(entry -> entry.facts().storedBytes()).sum(),
                    files.objects(),
                    files.bytes(),
                    blocks,
                    left);
        }
    }

    /** One step whose trouble is its own. */
    interface Step {
        void run() throws RecoveryException;
    }

    static boolean attempt(String name, List<Left> left, Step step) throws RecoveryException {
        try {
            step.run();
            return true;
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.UNREACHABLE) {
                throw failure;
            }
            left.add(new Left(name, failure.problem().what() + " " + failure.problem().why()));
        } catch (RecoveryException refused) {
            if (refused.code() == ProblemCode.LEASE_LOST) {
                throw refused;
            }
            left.add(new Left(name, refused.problem().what() + " " + refused.problem().why()));
        }
        return false;
    }

    private CatalogListing whole(CancelToken cancel) throws RecoveryException {
        CatalogListing listing = catalog.load(cancel);
        if (!listing.unreachable().isEmpty()) {
            throw new RecoveryException(listing.unreachable().values().iterator().next());
        }
        return listing;
    }

    private List<CatalogEntry> open(
            CatalogListing listing, List<Left> left, Lease lease, CancelToken cancel)
            throws RecoveryException {
        var rekey = new BackupRekey(catalog, backups, keys, lease, cancel, Progress.unwatched());
        List<CatalogEntry> open = new ArrayList<>();
        for (CatalogEntry entry : listing.entries()) {
            Optional<String> reason = reasonToLeave(entry);
            if (reason.isPresent()) {
                left.add(new Left(entry.id(), reason.get()));
            } else if (entry.status() == BackupStatus.FINISHED && rekey.isOpen(entry)) {
                open.add(entry);
            }
        }
        return open;
    }

    private Optional<String> reasonToLeave(CatalogEntry entry) {
        boolean old =
                entry.facts()
                        .keyFingerprint()
                        .filter(hex -> !hex.equals(keys.current().fingerprint().hex()))
                        .isPresent();
        return switch (entry.status()) {
            case FINISHED -> {
                boolean known =
                        entry.facts()
                                .keyFingerprint()
                                .filter(hex -> keys.find(new KeyFingerprint(hex)).isPresent())
                                .isPresent();
                yield !known
                        ? Optional.of("Its key is not known here.")
                        : !entry.obtainable()
                                ? Optional.of("It is not whole in any region.")
                                : old && isArchived(entry)
                                        ? Optional.of("It lies in an archive class; ask it back.")
                                        : Optional.empty();
            }
            case NO_MANIFEST ->
                    Optional.of("It has no manifest, so nothing could say that it is the same.");
            case UNFINISHED -> Optional.empty();
            default -> Optional.of("Its manifest does not tell what it is.");
        };
    }

    private static boolean isArchived(CatalogEntry entry) {
        String storageClass = entry.facts().storageClass();
        return storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE");
    }
}
