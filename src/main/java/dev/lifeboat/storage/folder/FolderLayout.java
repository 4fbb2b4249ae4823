package dev.lifeboat.storage.folder;

import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Where things lie in the folder. */
final class FolderLayout {
    static final String OWN = ".lifeboat";
    private final Path root;

    FolderLayout(Path root) {
        this.root = root.toAbsolutePath();
    }

    void create() throws IOException {
        Files.createDirectories(root.resolve(OWN).resolve("tmp"));
        Files.createDirectories(root.resolve(OWN).resolve("uploads"));
        Files.createDirectories(root.resolve(OWN).resolve("meta"));
    }

    Path root() {
        return root;
    }

    Path uploads() {
        return root.resolve(OWN).resolve("uploads");
    }

    Path newTemporary() {
        return root.resolve(OWN).resolve("tmp").resolve(UUID.randomUUID().toString());
    }

    Path sidecars(String key) {
        return root.resolve(OWN).resolve("meta").resolve(key);
    }

    Path object(String key) {
        return root.resolve(key);
    }

    /** Whether a file can have this key as its path, and is not one of ours. */
    boolean canHold(String key) {
        if (key.isEmpty() || key.indexOf('\0') >= 0 || key.indexOf('\\') >= 0) {
            return false;
        }
        for (String part : key.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return !key.equals(OWN) && !key.startsWith(OWN + "/");
    }

    /**
     * Nothing is known about the objects of a folder that is not a store, or not there.
     *
     * @throws StorageException BUCKET_MISSING
     */
    void check(String store) throws StorageException {
        if (!Files.isDirectory(root.resolve(OWN), LinkOption.NOFOLLOW_LINKS)) {
            throw new StorageException(
                    Kind.BUCKET_MISSING,
                    "The folder " + store + " is not a store.",
                    "It has no folder '" + OWN + "': it is gone, or its disk is not mounted.",
                    "Mount the disk, or choose the right folder.");
        }
    }

    StorageException failed(String store, String doing, IOException cause) {
        boolean denied = cause instanceof AccessDeniedException;
        return new StorageException(
                denied ? Kind.ACCESS_DENIED : Kind.OTHER,
                "Could not " + doing + " in " + store + ".",
                denied
                        ? "Access to the file was denied."
                        : "The file system answered: " + cause.getMessage() + ".",
                "Check rights, space and health of the disk.",
                cause);
    }

    /** Makes names that were created in a folder durable. */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
