package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException;

import java.util.Optional;

/**
 * Keeps WAL of one cluster out of the archive of another. The owner is asked until it knows this
 * cluster, then never again: only a backup can change the owner, and it asks too.
 */
final class StrangerGuard {
    private final ArchiveOwner owner;
    private volatile ClusterIdentity known;

    StrangerGuard(ArchiveOwner owner) {
        this.owner = owner;
    }

    /**
     * @throws RecoveryException SYSTEM_IDENTIFIER_FOREIGN when the newest base is of another
     *     cluster
     */
    void require(ClusterIdentity cluster) throws RecoveryException {
        if (cluster.equals(known)) {
            return;
        }
        Optional<ClusterIdentity> base = askOwner();
        if (base.isEmpty()) {
            return;
        }
        if (!base.get().equals(cluster)) {
            throw new RecoveryException(
                    ProblemCode.SYSTEM_IDENTIFIER_FOREIGN,
                    "This WAL is of another cluster than the backups in the bucket.",
                    "It is of " + cluster + ", and the newest base is of " + base.get() + ".",
                    "Set a prefix of its own for this cluster (export BACKUP_PREFIX=NAME, or"
                            + " `prefix` in its profile), then take a base with: lifeboat backup"
                            + " base");
        }
        known = cluster;
    }

    /**
     * While a region is lost, the other one may not know the base. WAL must be archived all the
     * same, or the server's disk fills up; a stranger's file still meets the one of its name.
     */
    private Optional<ClusterIdentity> askOwner() throws RecoveryException {
        try {
            return owner.newestBase();
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.UNREACHABLE) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
