package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Puts a fetched file where the server wants it. */
public final class FetchedFile {
    private FetchedFile() {}

    /**
     * Whole and on the disk, or not at all: written beside, fsynced, renamed.
     *
     * @throws RecoveryException HOST_FAILURE when the file system is full or refuses
     */
    public static void place(Fetched.Found found, Path path) throws RecoveryException {
        Path target = path.toAbsolutePath();
        Path beside = target.resolveSibling(target.getFileName() + ".lifeboat");
        try {
            write(found.content(), beside);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            remove(beside, failed);
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The WAL file could not be put at " + path + ".",
                    "The file system answered: " + failed.getMessage() + ".",
                    "Free space or mend the rights of that folder; the server tries again.",
                    failed);
        }
    }

    private static void write(byte[] content, Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void remove(Path file, IOException why) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException alsoFailed) {
            why.addSuppressed(alsoFailed);
        }
    }
}
