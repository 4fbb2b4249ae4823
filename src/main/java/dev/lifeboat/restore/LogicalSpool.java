package dev.lifeboat.restore;

import dev.lifeboat.host.HostFiles;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The decrypted dump on disk, for the parallel jobs of pg_restore: in a directory that nobody else
 * can enter, proven to its end before anything reads it, and gone when the restore is over.
 */
record LogicalSpool(LogicalSite site) {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Brings the dump, if it is spooled at all. */
    void fill() throws RecoveryException {
        if (site.plan().spool().isEmpty()) {
            return;
        }
        remove();
        Path directory = site.plan().spool().get();
        HostFiles files = site.tools().host().files();
        files.createPrivateDirectory(directory, site.tools().host().currentUser());
        files.setPermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Path dump = site.spooledDump().orElseThrow();
        site.reader()
                .read(
                        site.plan().source(),
                        site.progress().fetched(),
                        content -> write(content, dump));
        files.fsyncFile(dump);
        files.fsyncDirectory(directory);
        site.record(RestoreHistory.SPOOLED, Map.of("bytes", size(dump)));
    }

    /** Whether what was brought is there as it was written down. */
    boolean isWhole() throws RecoveryException {
        if (site.plan().spool().isEmpty()) {
            return true;
        }
        Path dump = site.spooledDump().orElseThrow();
        return site.tools().host().files().exists(dump)
                && site.history()
                        .last(RestoreHistory.SPOOLED)
                        .filter(event -> event.number("bytes") == sizeOrNone(dump))
                        .isPresent();
    }

    /** Takes it away. */
    void remove() throws RecoveryException {
        if (site.plan().spool().isPresent()
                && site.tools().host().files().exists(site.plan().spool().get())) {
            site.tools().host().files().deleteTree(site.plan().spool().get(), site.folder().path());
        }
    }

    /** A copy that turned out bad is written over. */
    private void write(InputStream content, Path dump) throws RecoveryException, IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        OutputStream out = open(dump);
        try {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                site.cancel().check();
                write(out, buffer, read, dump);
            }
        } finally {
            close(out, dump);
        }
    }

    private static OutputStream open(Path dump) throws RecoveryException {
        try {
            return Files.newOutputStream(dump);
        } catch (IOException refused) {
            throw unwritten(dump, refused);
        }
    }

    private static void close(OutputStream out, Path dump) throws RecoveryException {
        try {
            out.close();
        } catch (IOException full) {
            throw unwritten(dump, full);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length, Path dump)
            throws RecoveryException {
        try {
            out.write(buffer, 0, length);
        } catch (IOException full) {
            throw unwritten(dump, full);
        }
    }

    private static RecoveryException unwritten(Path dump, IOException cause) {
        return new RecoveryException(
                ProblemCode.NO_SPACE,
                "The decrypted dump could not be written to " + dump + ".",
                "The file system answered: " + cause.getMessage() + ".",
                "Free space there, set LIFEBOAT_HOME to another file system, or restore with --jobs"
                        + " 1, which needs none.",
                cause);
    }

    private static long size(Path dump) throws RecoveryException {
        try {
            return Files.size(dump);
        } catch (IOException gone) {
            throw unwritten(dump, gone);
        }
    }

    private static long sizeOrNone(Path dump) {
        try {
            return Files.size(dump);
        } catch (IOException gone) {
            return -1;
        }
    }
}
