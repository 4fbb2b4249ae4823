package dev.lifeboat.storage.folder;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.Keys;
import dev.lifeboat.storage.MultipartUpload;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Parts as files in a folder of their own, beside a file with the key. */
final class FolderUpload implements MultipartUpload {
    private static final Logger LOG = LoggerFactory.getLogger(FolderUpload.class);
    private static final String KEY = "key";
    private final FolderLayout layout;
    private final FolderWriting writing;
    private final String store;
    private final String key;
    private final PutOptions options;
    private final Path folder;
    private volatile boolean ended;

    private FolderUpload(
            FolderLayout layout,
            FolderWriting writing,
            String store,
            String key,
            PutOptions options,
            Path folder) {
        this.layout = layout;
        this.writing = writing;
        this.store = store;
        this.key = key;
        this.options = options;
        this.folder = folder;
    }

    static FolderUpload begin(
            FolderLayout layout,
            FolderWriting writing,
            String store,
            String key,
            PutOptions options)
            throws RecoveryException {
        Path folder = layout.uploads().resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectory(folder);
            Files.writeString(folder.resolve(KEY), key);
        } catch (IOException failed) {
            throw layout.failed(store, "begin to upload '" + key + "'", failed);
        }
        return new FolderUpload(layout, writing, store, key, options, folder);
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public void part(int number, ByteSource bytes) throws RecoveryException {
        if (number < 1 || number > MAX_PARTS) {
            throw new IllegalArgumentException("part " + number);
        }
        Path arriving = folder.resolve(UUID.randomUUID() + ".arriving");
        try (InputStream in = bytes.open()) {
            Files.copy(in, arriving);
            Files.move(
                    arriving,
                    folder.resolve(String.format(Locale.ROOT, "%05d", number)),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException _) {
            throw StorageException.uploadGone(store, key);
        } catch (IOException failed) {
            throw StorageException.unreadable(store, key, failed);
        }
    }

    @Override
    public ObjectInfo complete() throws RecoveryException {
        try {
            List<Path> parts = parts();
            long size = 0;
            List<InputStream> streams = new ArrayList<>();
            for (Path part : parts) {
                long partSize = Files.size(part);
                if (partSize < MIN_PART_BYTES && !part.equals(parts.getLast())) {
                    throw StorageException.partTooSmall(store, key);
                }
                size += partSize;
                streams.add(new LazyFile(part));
            }
            ObjectInfo info;
            try (InputStream whole = new SequenceInputStream(Collections.enumeration(streams))) {
                info = writing.write(key, whole, size, options, "-" + parts.size());
            }
            remove(layout, store, folder.getFileName().toString());
            ended = true;
            return info;
        } catch (IOException failed) {
            throw layout.failed(store, "complete '" + key + "'", failed);
        }
    }

    private List<Path> parts() throws RecoveryException, IOException {
        List<Path> parts = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*[0-9]")) {
            files.forEach(parts::add);
        } catch (NoSuchFileException _) {
            throw StorageException.uploadGone(store, key);
        }
        Collections.sort(parts);
        return parts;
    }

    static List<PendingUpload> pending(FolderLayout layout, String store, String prefix)
            throws RecoveryException {
        List<PendingUpload> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(layout.uploads())) {
            for (Path folder : folders) {
                Path named = folder.resolve(KEY);
                String key = Files.exists(named) ? Files.readString(named) : "";
                if (!key.isEmpty() && key.startsWith(prefix)) {
                    found.add(
                            new PendingUpload(
                                    key,
                                    folder.getFileName().toString(),
                                    Files.getLastModifiedTime(named).toInstant()));
                }
            }
        } catch (IOException failed) {
            throw layout.failed(store, "list the pending uploads", failed);
        }
        found.sort(Comparator.comparing(PendingUpload::key, Keys.ORDER));
        return found;
    }

    static void remove(FolderLayout layout, String store, String id) throws RecoveryException {
        Path folder = layout.uploads().resolve(id);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException _) {
            // gone already
        } catch (IOException failed) {
            throw layout.failed(store, "abort an upload", failed);
        }
    }

    @Override
    public void abort() throws RecoveryException {
        remove(layout, store, folder.getFileName().toString());
        ended = true;
    }

    @Override
    public void close() {
        if (!ended) {
            try {
                abort();
            } catch (RecoveryException stays) {
                LOG.warn("The upload of {} stays pending: {}", key, stays.getMessage());
            }
        }
    }
}
