package dev.lifeboat.host;

import dev.lifeboat.kernel.RecoveryException;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files of the machine. Symbolic links are never followed out of what was asked for: a link is
 * renamed, chowned and deleted as the link it is.
 *
 * <p>Errors that are not listed at a method are {@code HOST_FAILURE}, or {@code NO_SPACE} when the
 * filesystem is full.
 */
public interface HostFiles {
    /** Whether something lies there, a dangling link included. */
    boolean exists(Path path);

    boolean isDirectory(Path path);

    /** Where the path leads: absolute, every link followed; what does not exist yet is kept. */
    Path real(Path path) throws RecoveryException;

    /** The entries of a directory, sorted by name. */
    List<Path> list(Path directory) throws RecoveryException;

    /** Name of the owner of what lies there. */
    String owner(Path path) throws RecoveryException;

    Set<PosixFilePermission> permissions(Path path) throws RecoveryException;

    void setPermissions(Path path, Set<PosixFilePermission> permissions) throws RecoveryException;

    /** Whether that user can list and enter the directory, or read the file: asked of the OS. */
    boolean readableBy(OsUser user, Path path) throws RecoveryException;

    /** Whether that user can write to the file, or make entries in the directory. */
    boolean writableBy(OsUser user, Path path) throws RecoveryException;

    /**
     * The first directory, from the root down to the path itself, that the user cannot pass
     * through; empty when nothing blocks. Ancestors that do not exist yet do not block.
     */
    Optional<Path> blockedAt(OsUser user, Path directory) throws RecoveryException;

    /**
     * Makes a directory, with the ancestors it needs, that the owner alone can enter (0700). An
     * existing directory is left as it is, its permissions included.
     */
    void createPrivateDirectory(Path directory, OsUser owner) throws RecoveryException;

    /** Gives a file, directory or link to a user and the user's group. */
    void chown(Path path, OsUser owner) throws RecoveryException;

    /** {@link #chown} for a directory and everything below it. */
    void chownTree(Path directory, OsUser owner) throws RecoveryException;

    String readText(Path file) throws RecoveryException;

    /**
     * Puts a file in place whole or not at all, and on the disk before it returns: written beside,
     * fsynced, renamed, the directory fsynced. It replaces a file of that name; mode 0600.
     */
    void writeDurably(Path file, byte[] content, OsUser owner) throws RecoveryException;

    /**
     * Writes a part of a file, and makes the file (mode 0600) when it is not there. It is never
     * shortened, a link in its place is refused, and nothing is on the disk for certain. Many
     * threads may write parts of one file.
     *
     * @param offset in bytes, where the part begins
     */
    void writePart(Path file, long offset, ByteBuffer part) throws RecoveryException;

    /**
     * Bytes an unprivileged user may still write to the filesystem that holds the path, or would
     * hold it: the nearest ancestor that exists decides.
     */
    long freeBytes(Path path) throws RecoveryException;

    /**
     * Whether a rename between the two is possible: both lie (or would lie) on one filesystem. The
     * nearest existing ancestors decide.
     */
    boolean sameFilesystem(Path one, Path other) throws RecoveryException;

    /**
     * Renames within one filesystem and makes the new name durable. Nothing is ever replaced.
     *
     * @throws RecoveryException {@code TARGET_NOT_EMPTY} when something has the new name; {@code
     *     HOST_FAILURE} when the names lie on two filesystems
     */
    void rename(Path from, Path to) throws RecoveryException;

    /**
     * Deletes a file or a directory with everything in it. Nothing that lies outside {@code within}
     * is touched, whatever links there are, and no mount point is crossed.
     *
     * @throws RecoveryException {@code HOST_FAILURE} when the path does not lie strictly inside
     *     {@code within}, or could not be deleted
     */
    void deleteTree(Path path, Path within) throws RecoveryException;

    void fsyncFile(Path file) throws RecoveryException;

    /** Makes the names in a directory durable. */
    void fsyncDirectory(Path directory) throws RecoveryException;

    /** Makes every file and every directory of a tree durable. Links are not followed. */
    void fsyncTree(Path directory) throws RecoveryException;

    /** Bytes of all regular files of a tree; 0 when there is none. Links are not followed. */
    long treeBytes(Path directory) throws RecoveryException;
}
