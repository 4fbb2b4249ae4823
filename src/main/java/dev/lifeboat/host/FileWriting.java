package dev.lifeboat.host;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files that their owner alone can read. */
final class FileWriting {
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<OpenOption> PART = Set.of(CREATE, WRITE, NOFOLLOW_LINKS);

    /** A longer write would make the JDK copy all of it beside the heap at once. */
    private static final int LONGEST_WRITE = 1 << 20;

    private FileWriting() {}

    /** Beside, on the disk, then renamed; the directory is the caller's. */
    static Path replace(Path file, byte[] content, OsUser owner) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        try (var channel = FileChannel.open(beside, Set.of(CREATE_NEW, WRITE), PRIVATE_FILE)) {
            for (var rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            Tree.own(beside, owner);
            channel.force(true);
        }
        return Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static Path part(Path file, long offset, ByteBuffer part) throws IOException {
        try (var channel = FileChannel.open(file, PART, PRIVATE_FILE)) {
            long position = offset;
            int end = part.limit();
            while (part.position() < end) {
                part.limit(Math.min(end, part.position() + LONGEST_WRITE));
                position += channel.write(part, position);
            }
        }
        return file;
    }
}
