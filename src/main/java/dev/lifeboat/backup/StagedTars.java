package dev.lifeboat.backup;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The tars that pg_basebackup wrote into a folder. It puts {@code backup_manifest} beside them, not
 * into {@code base.tar} as it does for its output; here it becomes that tar's last member all the
 * same, so that every base looks alike.
 */
final class StagedTars {
    private static final int END_BYTES = 2 * TarMember.BLOCK_BYTES;
    private static final int BUFFER_BYTES = 1 << 18;
    private static final String SERVER_MANIFEST = "backup_manifest";

    private final Path folder;

    StagedTars(Path folder) {
        this.folder = folder;
    }

    /** Copies a tar as it is, and frees its space. */
    void copy(String name, OutputStream to) throws IOException {
        Path tar = tar(name);
        try (InputStream in = Files.newInputStream(tar)) {
            copy(in, Files.size(tar), to);
        }
        Files.delete(tar);
    }

    /** Copies the tar of the data directory with the server's manifest as its last member. */
    void copyBase(String name, OutputStream to, Instant now) throws IOException {
        Path tar = tar(name);
        Path manifest = folder.resolve(SERVER_MANIFEST);
        long manifestBytes = Files.size(manifest);
        try (InputStream in = Files.newInputStream(tar)) {
            copy(in, Files.size(tar) - END_BYTES, to);
        }
        to.write(TarHeader.of(SERVER_MANIFEST, manifestBytes, now.getEpochSecond()));
        try (InputStream in = Files.newInputStream(manifest)) {
            copy(in, manifestBytes, to);
        }
        int padding = (int) (-manifestBytes & (TarMember.BLOCK_BYTES - 1));
        to.write(new byte[padding + END_BYTES]);
        Files.delete(tar);
        Files.delete(manifest);
    }

    private Path tar(String name) {
        return folder.resolve(name + ".tar");
    }

    private static void copy(InputStream in, long bytes, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = bytes;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("a tar ended early");
            }
            to.write(buffer, 0, count);
            left -= count;
        }
    }

    static RecoveryException unreadable(IOException cause) {
        return new RecoveryException(
                ProblemCode.HOST_FAILURE,
                "What pg_basebackup left on disk cannot be read.",
                "The file system answered: " + cause.getMessage() + ".",
                "Look for the cause on this machine, then take the backup again.",
                cause);
    }
}
