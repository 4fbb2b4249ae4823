package dev.lifeboat.storage.folder;

import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Puts files into place and takes them away, one after the other. */
final class FolderWriting {
    private static final int BUFFER_BYTES = 64 * 1024;
    private final FolderLayout layout;
    private final String store;
    private final Object placing = new Object();

    FolderWriting(FolderLayout layout, String store) {
        this.layout = layout;
        this.store = store;
    }

    ObjectInfo write(String key, InputStream body, long sizeBytes, PutOptions options)
            throws RecoveryException, IOException {
        return write(key, body, sizeBytes, options, "");
    }

    /**
     * Writes beside, syncs, and moves into place.
     *
     * @param etagSuffix what tells an object made of parts from one made at once
     */
    ObjectInfo write(
            String key, InputStream body, long sizeBytes, PutOptions options, String etagSuffix)
            throws RecoveryException, IOException {
        if (!layout.canHold(key)) {
            throw new StorageException(
                    Kind.OTHER,
                    "'" + key + "' cannot be stored in " + store + ".",
                    "No file below a folder can have that name.",
                    "Use another key, or a store in S3.");
        }
        Path temporary = layout.newTemporary();
        try {
            String etag = fill(temporary, body, sizeBytes) + etagSuffix;
            return place(key, temporary, FolderSidecar.of(etag, options), options.ifAbsent());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String fill(Path file, InputStream body, long sizeBytes) throws IOException {
        Sha256 digest = new Sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                digest.update(buffer, 0, count);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            if (digest.sizeBytes() != sizeBytes) {
                throw new IOException(
                        "the body has " + digest.sizeBytes() + " bytes, not " + sizeBytes);
            }
            out.force(true);
        }
        return digest.finish().sha256().substring(0, 32);
    }

    private ObjectInfo place(String key, Path file, FolderSidecar sidecar, boolean ifAbsent)
            throws RecoveryException, IOException {
        Path target = layout.object(key);
        Path sidecars = layout.sidecars(key);
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        synchronized (placing) {
            if (ifAbsent && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw StorageException.exists(store, key);
            }
            Files.createDirectories(sidecars);
            Path own = sidecars.resolve(FolderSidecar.name(attributes));
            writeSynced(own, sidecar.format());
            try {
                move(key, file, target, ifAbsent);
            } catch (IOException | RecoveryException notPlaced) {
                Files.deleteIfExists(own);
                throw notPlaced;
            }
            syncUp(target.getParent());
            FolderSidecar.removeOthers(sidecars, FolderSidecar.name(attributes));
        }
        return sidecar.describe(key, attributes);
    }

    private void move(String key, Path file, Path target, boolean ifAbsent)
            throws RecoveryException, IOException {
        Files.createDirectories(target.getParent());
        if (!ifAbsent) {
            Files.move(
                    file,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException _) {
            throw StorageException.exists(store, key);
        } catch (UnsupportedOperationException _) {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    void delete(String key) throws RecoveryException {
        Path target = layout.object(key);
        try {
            synchronized (placing) {
                if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(target);
                    prune(target.getParent(), layout.root());
                }
                Path sidecars = layout.sidecars(key);
                FolderSidecar.removeOthers(sidecars, "");
                prune(sidecars, layout.sidecars(""));
            }
        } catch (IOException failed) {
            throw layout.failed(store, "delete '" + key + "'", failed);
        }
    }

    /** Removes folders that are empty now, upwards. */
    private static void prune(Path folder, Path top) throws IOException {
        for (Path at = folder; !at.equals(top) && at.startsWith(top); at = at.getParent()) {
            try {
                Files.deleteIfExists(at);
            } catch (DirectoryNotEmptyException _) {
                return;
            }
        }
    }

    private void syncUp(Path folder) throws IOException {
        for (Path at = folder; at.startsWith(layout.root()); at = at.getParent()) {
            FolderLayout.sync(at);
        }
    }

    private static void writeSynced(Path file, String text) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        try {
            FolderLayout.sync(file.getParent());
        } catch (NoSuchFileException gone) {
            throw new IOException("the folder of " + file + " went away", gone);
        }
    }
}
