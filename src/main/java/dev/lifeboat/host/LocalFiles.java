package dev.lifeboat.host;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files of this machine. */
final class LocalFiles implements HostFiles {
    private static final Set<PosixFilePermission> PRIVATE_DIRECTORY =
            PosixFilePermissions.fromString("rwx------");

    private final AccessCheck access;

    LocalFiles(AccessCheck access) {
        this.access = access;
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path, NOFOLLOW_LINKS);
    }

    @Override
    public boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public List<Path> list(Path directory) throws RecoveryException {
        try (var entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException failed) {
            throw FileProblem.of("The directory could not be listed", directory, failed);
        }
    }

    @Override
    public String owner(Path path) throws RecoveryException {
        return attempt("The owner could not be read", path, () -> Files.getOwner(path).getName());
    }

    @Override
    public Set<PosixFilePermission> permissions(Path path) throws RecoveryException {
        return attempt(
                "The permissions could not be read",
                path,
                () -> Files.getPosixFilePermissions(path));
    }

    @Override
    public void setPermissions(Path path, Set<PosixFilePermission> permissions)
            throws RecoveryException {
        attempt(
                "The permissions could not be set",
                path,
                () -> Files.setPosixFilePermissions(path, permissions));
    }

    @Override
    public boolean readableBy(OsUser user, Path path) throws RecoveryException {
        return access.readable(user, path);
    }

    @Override
    public boolean writableBy(OsUser user, Path path) throws RecoveryException {
        return access.writable(user, path);
    }

    @Override
    public Optional<Path> blockedAt(OsUser user, Path directory) throws RecoveryException {
        return access.blockedAt(user, directory);
    }

    @Override
    public void createPrivateDirectory(Path directory, OsUser owner) throws RecoveryException {
        if (Files.isDirectory(directory)) {
            return;
        }
        attempt(
                "The directory could not be made",
                directory,
                () -> {
                    Files.createDirectories(directory.toAbsolutePath().getParent());
                    return Files.createDirectory(
                            directory, PosixFilePermissions.asFileAttribute(PRIVATE_DIRECTORY));
                });
        chown(directory, owner);
        fsyncDirectory(directory.toAbsolutePath().getParent());
    }

    @Override
    public void chown(Path path, OsUser owner) throws RecoveryException {
        attempt(
                "The owner could not be set to " + owner,
                path,
                () -> {
                    Tree.own(path, owner);
                    return path;
                });
    }

    @Override
    public void chownTree(Path directory, OsUser owner) throws RecoveryException {
        attempt(
                "The owner could not be set to " + owner,
                directory,
                () -> Tree.visit(directory, each -> Tree.own(each, owner)));
    }

    @Override
    public String readText(Path file) throws RecoveryException {
        return attempt("The file could not be read", file, () -> Files.readString(file));
    }

    @Override
    public void writeDurably(Path file, byte[] content, OsUser owner) throws RecoveryException {
        attempt(
                "The file could not be written",
                file,
                () -> FileWriting.replace(file, content, owner));
        fsyncDirectory(file.toAbsolutePath().getParent());
    }

    @Override
    public void writePart(Path file, long offset, ByteBuffer part) throws RecoveryException {
        attempt("The file could not be written", file, () -> FileWriting.part(file, offset, part));
    }

    @Override
    public Path real(Path path) throws RecoveryException {
        Path whole = path.toAbsolutePath().normalize();
        return attempt(
                "The links of the path could not be followed",
                path,
                () -> {
                    Path there = Tree.existing(whole);
                    return there.toRealPath().resolve(there.relativize(whole));
                });
    }

    @Override
    public long freeBytes(Path path) throws RecoveryException {
        return attempt(
                "The free space could not be read",
                path,
                () -> Files.getFileStore(Tree.existing(path)).getUsableSpace());
    }

    @Override
    public boolean sameFilesystem(Path one, Path other) throws RecoveryException {
        return attempt(
                "The filesystem could not be read",
                other,
                () -> Tree.device(Tree.existing(one)) == Tree.device(Tree.existing(other)));
    }

    @Override
    public void rename(Path from, Path to) throws RecoveryException {
        if (exists(to)) {
            throw new RecoveryException(
                    ProblemCode.TARGET_NOT_EMPTY,
                    from + " cannot be renamed to " + to + ".",
                    "Something has that name already.",
                    "Move " + to + " out of the way, or choose another name.");
        }
        attempt(
                "The renaming to " + to + " failed",
                from,
                () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
        fsyncDirectory(to.toAbsolutePath().getParent());
        if (!from.toAbsolutePath().getParent().equals(to.toAbsolutePath().getParent())) {
            fsyncDirectory(from.toAbsolutePath().getParent());
        }
    }

    @Override
    public void deleteTree(Path path, Path within) throws RecoveryException {
        attempt("Deleting failed", path, () -> Tree.delete(path, within));
    }

    @Override
    public void fsyncFile(Path file) throws RecoveryException {
        attempt("The file could not be written to the disk", file, () -> sync(file));
    }

    @Override
    public void fsyncDirectory(Path directory) throws RecoveryException {
        if (!LocalHost.WINDOWS) {
            attempt(
                    "The directory could not be written to the disk",
                    directory,
                    () -> sync(directory));
        }
    }

    @Override
    public void fsyncTree(Path directory) throws RecoveryException {
        attempt(
                "The directory could not be written to the disk",
                directory,
                () ->
                        Tree.visit(
                                directory,
                                each -> {
                                    if (Files.isRegularFile(each, NOFOLLOW_LINKS)
                                            || Files.isDirectory(each, NOFOLLOW_LINKS)) {
                                        sync(each);
                                    }
                                }));
    }

    @Override
    public long treeBytes(Path directory) throws RecoveryException {
        if (!exists(directory)) {
            return 0;
        }
        long[] bytes = {0};
        attempt(
                "The size could not be read",
                directory,
                () ->
                        Tree.visit(
                                directory,
                                each -> {
                                    if (Files.isRegularFile(each, NOFOLLOW_LINKS)) {
                                        bytes[0] += Files.size(each);
                                    }
                                }));
        return bytes[0];
    }

    /**
     * fsync works on a descriptor opened for reading, and a directory can be opened no other way.
     */
    private static Path sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, READ)) {
            channel.force(true);
        }
        return path;
    }

    private interface FileWork<T> {
        T run() throws IOException;
    }

    private static <T> T attempt(String failure, Path path, FileWork<T> work)
            throws RecoveryException {
        try {
            return work.run();
        } catch (IOException failed) {
            throw FileProblem.of(failure, path, failed);
        }
    }
}
