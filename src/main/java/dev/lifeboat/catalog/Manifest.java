package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Lsn;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one backup holds. Times are UTC; sizes are bytes; digests are SHA-256 in lower-case hex.
 *
 * @param formatVersion {@code major.minor}; a reader refuses a major it does not know and ignores
 *     fields it does not know
 * @param id the key's name without extension
 * @param systemIdentifier of the cluster, as PostgreSQL prints it
 * @param serverVersion as {@code server_version_num}, for example 150018
 * @param objects every object of the backup in order, the manifest itself apart
 * @param base facts of a physical base; null for other kinds
 * @param cluster facts about the cluster that a restore compares with the server it finds
 * @param tables estimates, largest first; may be cut off
 * @param restoreByHand the commands that restore this backup without Lifeboat
 */
public record Manifest(
        String formatVersion,
        String id,
        BackupKind kind,
        String database,
        String systemIdentifier,
        int serverVersion,
        Instant startedAt,
        Instant finishedAt,
        long plainBytes,
        long storedBytes,
        Encryption encryption,
        String compression,
        List<StoredObject> objects,
        BaseFacts base,
        ClusterFacts cluster,
        List<TableEstimate> tables,
        List<String> restoreByHand,
        Origin origin) {
    /** The format this version of Lifeboat writes. */
    public static final String FORMAT = "1.0";

    public Manifest {
        objects = List.copyOf(objects);
        tables = List.copyOf(tables);
        restoreByHand = List.copyOf(restoreByHand);
    }

    /**
     * The same backup with its objects encrypted anew.
     *
     * @param newObjects in the order of the old ones
     */
    public Manifest rekeyed(
            Encryption newEncryption, List<StoredObject> newObjects, List<String> newByHand) {
        return new Manifest(
                formatVersion,
                id,
                kind,
                database,
                systemIdentifier,
                serverVersion,
                startedAt,
                finishedAt,
                plainBytes,
                newObjects.stream().mapToLong(StoredObject::storedBytes).sum(),
                newEncryption,
                compression,
                newObjects,
                base,
                cluster,
                tables,
                newByHand,
                origin);
    }

    /** The major version of the server, for example 15. */
    public int serverMajor() {
        return serverVersion / 10_000;
    }

    /** How the objects are encrypted; the fingerprint names the key and says nothing about it. */
    public record Encryption(
            String cipher, String derivation, int iterations, String keyFingerprint) {}

    /**
     * One object of the backup.
     *
     * @param role {@code dump}, {@code globals}, {@code frame}, {@code names} or {@code files}
     * @param plainBytes the size before compression and encryption
     * @param stream for a frame the tar stream it belongs to ({@code base} or a tablespace's oid),
     *     else null
     * @param number for a frame its place in the stream, from 0
     * @param continues for a frame that begins inside a file, that file; else null
     */
    public record StoredObject(
            String key,
            String role,
            long plainBytes,
            String plainSha256,
            long storedBytes,
            String storedSha256,
            String stream,
            int number,
            Continuation continues) {}

    /**
     * The file whose content goes on at the first byte of a frame.
     *
     * @param path the name of the tar member
     * @param offset where in the file the frame's first byte belongs
     * @param remaining bytes of the file that are still to come at that point, in this and later
     *     frames
     */
    public record Continuation(String path, long offset, long remaining) {}

    /**
     * Facts of a physical base.
     *
     * @param startLsn where replay begins (the redo location of the backup label)
     * @param stopLsn where the copy becomes consistent: no target may lie before it
     * @param startTime when the backup began, by the server's clock
     * @param stopTime when it ended, by the server's clock
     * @param firstWal the first segment that replay needs
     * @param lastWal the segment that holds {@code stopLsn}
     * @param dataChecksums whether the cluster has page checksums
     */
    public record BaseFacts(
            int timeline,
            Lsn startLsn,
            Lsn stopLsn,
            Instant startTime,
            Instant stopTime,
            String firstWal,
            String lastWal,
            int walSegmentBytes,
            boolean dataChecksums,
            List<Tablespace> tablespaces) {
        public BaseFacts {
            tablespaces = List.copyOf(tablespaces);
        }
    }

    /** A tablespace outside the data directory. */
    public record Tablespace(long oid, String name, String location, long plainBytes) {}

    /**
     * What a restore compares with the server it finds.
     *
     * @param settings those that must be at least as large on a standby, and a few that explain the
     *     cluster
     * @param collationVersions by {@code provider/name}: what the libraries of the source said
     * @param extensions by name, with version
     */
    public record ClusterFacts(
            String encoding,
            String localeProvider,
            String collate,
            Map<String, String> settings,
            Map<String, String> collationVersions,
            Map<String, String> extensions) {
        public ClusterFacts {
            settings = Map.copyOf(settings);
            collationVersions = Map.copyOf(collationVersions);
            extensions = Map.copyOf(extensions);
        }
    }

    /** How large a table was thought to be. {@code rows} is an estimate, -1 when there is none. */
    public record TableEstimate(String database, String table, long rows, long bytes) {}

    /** Who made the backup: the host, its address excepted, and the version of the tool. */
    public record Origin(String host, String tool) {}
}
