package dev.lifeboat.restore.place;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes files and directories of a data directory: the server's user owns them and nobody else may
 * enter or read. Safe for use by many threads, several of which may write to one file.
 *
 * <p>Source: PostgreSQL documentation, 19.2 "Creating a Database Cluster": 0700 or 0750.
 */
final class PlacedFiles {
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private final HostFiles files;
    private final OsUser owner;
    private final boolean givesAway;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    /**
     * @param roots directories that exist; nothing is made above them
     */
    PlacedFiles(Host host, OsUser owner, Set<Path> roots) {
        this.files = host.files();
        this.owner = owner;
        this.givesAway = owner.uid() != host.currentUser().uid();
        known.addAll(roots);
    }

    void directory(Path directory) throws IOException {
        if (known.contains(directory)) {
            return;
        }
        directory(directory.getParent());
        try {
            Files.createDirectory(directory, PRIVATE_DIRECTORY);
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
                throw there;
            }
        }
        give(directory);
        known.add(directory);
    }

    /** Writes a part of a file, which is made when it is not there; never shortens it. */
    void write(Path file, long offset, byte[] bytes, int from, int length)
            throws IOException, RecoveryException {
        directory(file.getParent());
        files.writePart(file, offset, ByteBuffer.wrap(bytes, from, length));
        give(file);
    }

    private void give(Path path) throws IOException {
        if (givesAway) {
            Files.setAttribute(path, "unix:uid", owner.uid(), NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", owner.gid(), NOFOLLOW_LINKS);
        }
    }
}
