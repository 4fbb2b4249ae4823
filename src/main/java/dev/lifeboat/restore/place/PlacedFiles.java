package dev.lifeboat.restore.place;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.lifeboat.host.OsUser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
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
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<OpenOption> OPEN = Set.of(CREATE, WRITE, NOFOLLOW_LINKS);

    /** A longer write would make the JDK copy all of it beside the heap at once. */
    private static final int LONGEST_WRITE = 1 << 20;

    private final OsUser owner;
    private final boolean givesAway;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    /**
     * @param roots directories that exist; nothing is made above them
     */
    PlacedFiles(OsUser owner, OsUser engine, Set<Path> roots) {
        this.owner = owner;
        this.givesAway = owner.uid() != engine.uid();
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
    void write(Path file, long offset, byte[] bytes, int from, int length) throws IOException {
        directory(file.getParent());
        try (FileChannel channel = FileChannel.open(file, OPEN, PRIVATE_FILE)) {
            long position = offset;
            for (int at = from; at < from + length; ) {
                int count = Math.min(LONGEST_WRITE, from + length - at);
                int written = channel.write(ByteBuffer.wrap(bytes, at, count), position);
                at += written;
                position += written;
            }
        }
        give(file);
    }

    private void give(Path path) throws IOException {
        if (givesAway) {
            Files.setAttribute(path, "unix:uid", owner.uid(), NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", owner.gid(), NOFOLLOW_LINKS);
        }
    }
}
