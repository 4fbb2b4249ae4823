package dev.lifeboat.backup.push;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.archive.ClusterIdentity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The data directory that WAL is archived from.
 *
 * <p>Source: {@code src/include/catalog/pg_control.h}: ControlFileData begins with the system
 * identifier, which never changes.
 *
 * @param path absolute, links resolved
 */
public record DataDirectory(Path path, ClusterIdentity cluster) {
    private static final String WAL_FOLDER = "pg_wal";

    /**
     * The data directory that a WAL file lies in, {@code archive_command}'s {@code %p}.
     *
     * @param walFile {@code pg_wal/<name>}, relative to the data directory or absolute
     * @throws RecoveryException USAGE when it does not lie in the pg_wal of a data directory
     */
    public static DataDirectory of(Path walFile) throws RecoveryException {
        Path folder = walFile.toAbsolutePath().normalize().getParent();
        boolean inWal = folder != null && folder.endsWith(WAL_FOLDER) && folder.getParent() != null;
        if (!inWal) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    walFile + " does not lie in the pg_wal of a data directory.",
                    "Which cluster a WAL file belongs to is read from the directory around it.",
                    "Use archive_command = 'lifeboat wal push %p'; by hand, run it in the data"
                            + " directory with pg_wal/NAME.");
        }
        return at(folder.getParent());
    }

    /**
     * @throws RecoveryException HOST_FAILURE when its control file or PG_VERSION cannot be read
     */
    public static DataDirectory at(Path path) throws RecoveryException {
        try {
            Path real = path.toRealPath();
            byte[] identifier;
            try (InputStream control = Files.newInputStream(real.resolve("global/pg_control"))) {
                identifier = control.readNBytes(Long.BYTES);
            }
            String version = Files.readString(real.resolve("PG_VERSION")).strip();
            if (identifier.length < Long.BYTES || !version.matches("\\d{2}")) {
                throw new IOException("its control file or PG_VERSION is damaged");
            }
            long number = ByteBuffer.wrap(identifier).order(ByteOrder.LITTLE_ENDIAN).getLong();
            return new DataDirectory(
                    real,
                    new ClusterIdentity(Long.toUnsignedString(number), Integer.parseInt(version)));
        } catch (IOException unreadable) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    path + " cannot be read as a data directory.",
                    "Reading global/pg_control and PG_VERSION failed: "
                            + unreadable.getMessage()
                            + ".",
                    "Run this as the server's OS user, in its data directory.",
                    unreadable);
        }
    }

    Path walFile(String name) {
        return path.resolve(WAL_FOLDER).resolve(name);
    }

    Path statusFolder() {
        return path.resolve(WAL_FOLDER).resolve("archive_status");
    }
}
