package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.SegmentHeader;
import dev.lifeboat.wal.WalFileName;

/**
 * A WAL file that is to be archived, in memory and checked: a segment has a header that belongs to
 * its name and to the cluster. The content must not change any more.
 */
public final class WalSource {
    private final WalFileName file;
    private final byte[] content;
    private final ClusterIdentity cluster;

    private WalSource(WalFileName file, byte[] content, ClusterIdentity cluster) {
        this.file = file;
        this.content = content;
        this.cluster = cluster;
    }

    /**
     * @param name as PostgreSQL gives it ({@code %f})
     * @param cluster what the control file of its data directory says
     * @throws RecoveryException WAL_DAMAGED when it is no file that PostgreSQL archives, or not the
     *     one its name says; SYSTEM_IDENTIFIER_FOREIGN when its header names another cluster
     */
    public static WalSource of(String name, byte[] content, ClusterIdentity cluster)
            throws RecoveryException {
        WalFileName file = WalFileName.parse(name);
        switch (file) {
            case WalFileName.Segment _, WalFileName.Partial _ ->
                    requireCluster(SegmentCheck.check(name, file, content), name, cluster);
            case WalFileName.History _, WalFileName.BackupHistory _ -> {
                // Text that names no cluster: the control file vouches for it.
            }
            case WalFileName.Other _ ->
                    throw new RecoveryException(
                            ProblemCode.WAL_DAMAGED,
                            "'" + name + "' is no WAL file.",
                            "PostgreSQL archives segments, .partial, .history and .backup files,"
                                    + " and this is none of them.",
                            "Use archive_command = 'lifeboat wal push %p', which names the file.");
        }
        return new WalSource(file, content, cluster);
    }

    private static void requireCluster(SegmentHeader header, String name, ClusterIdentity cluster)
            throws RecoveryException {
        var found =
                new ClusterIdentity(
                        SegmentCheck.systemIdentifier(header), header.version().major());
        if (!found.equals(cluster)) {
            throw new RecoveryException(
                    ProblemCode.SYSTEM_IDENTIFIER_FOREIGN,
                    name + " does not belong to this data directory.",
                    "It was written by " + found + ", but the control file is of " + cluster + ".",
                    "Find out how it came into pg_wal; nothing of it was archived.");
        }
    }

    public WalFileName file() {
        return file;
    }

    public ClusterIdentity cluster() {
        return cluster;
    }

    byte[] content() {
        return content;
    }
}
