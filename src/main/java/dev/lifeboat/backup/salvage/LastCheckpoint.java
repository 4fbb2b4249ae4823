package dev.lifeboat.backup.salvage;

import dev.lifeboat.backup.push.DataDirectory;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The checkpoint that the control file names: its record was durable when the file was written, so
 * that the log must reach beyond it whatever happened later.
 *
 * <p>Source: {@code src/include/catalog/pg_control.h}, ControlFileData: checkPoint lies 32 bytes
 * from the start in PostgreSQL 15 to 18.
 */
record LastCheckpoint(Lsn record) {
    private static final int OFFSET = 32;

    /**
     * @throws RecoveryException HOST_FAILURE when the control file cannot be read
     */
    static LastCheckpoint of(DataDirectory directory) throws RecoveryException {
        Path file = directory.path().resolve("global/pg_control");
        try (InputStream content = Files.newInputStream(file)) {
            byte[] head = content.readNBytes(OFFSET + Long.BYTES);
            if (head.length < OFFSET + Long.BYTES) {
                throw new IOException("it is cut short");
            }
            return new LastCheckpoint(
                    new Lsn(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(OFFSET)));
        } catch (IOException unreadable) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    file + " cannot be read.",
                    "The file system answered: " + unreadable.getMessage() + ".",
                    "Run this as the server's OS user, where its disk is.",
                    unreadable);
        }
    }
}
