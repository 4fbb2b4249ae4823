package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.RecoveryException;

import java.util.Optional;

/** Knows which cluster's backups lie under the prefix. */
@FunctionalInterface
public interface ArchiveOwner {
    /**
     * The cluster of the newest base; empty when it is proven that there is none yet.
     *
     * @throws RecoveryException when that cannot be found out now
     */
    Optional<ClusterIdentity> newestBase() throws RecoveryException;
}
