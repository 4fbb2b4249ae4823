package dev.lifeboat.catalog;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

/**
 * A way backups lie in buckets: Lifeboat's own, or another tool's that is read and never written.
 * Safe for many threads.
 */
public interface BackupFormat {
    /**
     * What there is, in both regions. A region that does not answer is told in {@link
     * CatalogListing#unreachable()}; entries then say so too.
     *
     * @throws RecoveryException when no region can be listed
     */
    CatalogListing list(CancelToken cancel) throws RecoveryException;

    /**
     * The manifest of a listed backup, read from whichever region has the good one, authenticated.
     *
     * @throws RecoveryException {@code KEY_MISSING} when no key is known, {@code KEY_WRONG} when
     *     the backup's is not among them; otherwise as {@link #unauthenticatedManifest}
     */
    Manifest manifest(CatalogEntry entry) throws RecoveryException;

    /**
     * The same, its HMAC checked only when its key is known: good for looking, not for restoring.
     *
     * @throws RecoveryException {@code OBJECT_MISSING} when it went since, {@code
     *     MANIFEST_DAMAGED}, {@code MANIFEST_TOO_NEW}, {@code MANIFEST_UNTRUSTED}, {@code
     *     BACKUP_INCOMPLETE} for an entry that has none
     */
    Manifest unauthenticatedManifest(CatalogEntry entry) throws RecoveryException;
}
