package dev.lifeboat.storage.folder;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.MultipartUpload;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.ObjectVisitor;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.Probe;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.ThawTier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * Objects as files below a folder. What was put is durable when {@code put} returns. One process
 * writes at a time; any number may read. Archive classes are kept as a word, and always readable.
 *
 * <p>Keys that no path can be ({@code a//b}, {@code ../a}) cannot be put; neither can a key below
 * another one ({@code a} and {@code a/b}).
 */
public final class FolderStore implements ObjectStore {
    private final FolderLayout layout;
    private final FolderWriting writing;
    private final String name;

    private FolderStore(Path folder) {
        layout = new FolderLayout(folder);
        name = layout.root().toUri().toString();
        writing = new FolderWriting(layout, name);
    }

    /** Opens the store in a folder; makes both when they are not there. */
    public static FolderStore create(Path folder) throws RecoveryException {
        FolderStore store = new FolderStore(folder);
        try {
            store.layout.create();
        } catch (IOException refused) {
            throw store.layout.failed(store.name, "make a store", refused);
        }
        return store;
    }

    /** Opens a store that has to be there; when it is not, every request says so. */
    public static FolderStore open(Path folder) {
        return new FolderStore(folder);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException {
        layout.check(name);
        cancel.check();
        FolderWalk.Visit visit =
                (key, _, attributes) ->
                        visitor.visit(
                                FolderSidecar.read(layout.sidecars(key), attributes)
                                        .describe(key, attributes)
                                        .withoutMetadata());
        try {
            new FolderWalk(prefix, startAfter, visit, cancel).go(layout.root(), "");
        } catch (IOException failed) {
            throw layout.failed(name, "list '" + prefix + "'", failed);
        }
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws RecoveryException {
        layout.check(name);
        try {
            Optional<BasicFileAttributes> file = attributes(key);
            return file.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            FolderSidecar.read(layout.sidecars(key), file.get())
                                    .describe(key, file.get()));
        } catch (IOException failed) {
            throw layout.failed(name, "look at '" + key + "'", failed);
        }
    }

    private Optional<BasicFileAttributes> attributes(String key) throws IOException {
        if (!layout.canHold(key)) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes file =
                    Files.readAttributes(
                            layout.object(key),
                            BasicFileAttributes.class,
                            LinkOption.NOFOLLOW_LINKS);
            return file.isRegularFile() ? Optional.of(file) : Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException _) {
            return Optional.empty();
        }
    }

    @Override
    public ObjectStream get(String key, ByteRange range, String expectedEtag)
            throws RecoveryException {
        ObjectInfo info = head(key).orElseThrow(() -> StorageException.absent(name, key));
        if (expectedEtag != null && !expectedEtag.equals(info.etag())) {
            throw StorageException.changed(name, key, expectedEtag);
        }
        if (!range.isWithin(info.sizeBytes())) {
            throw StorageException.range(name, key, range);
        }
        long first = range.firstByte(info.sizeBytes());
        long length = range.lengthIn(info.sizeBytes());
        return new ObjectStream(open(key, info, first, length), info, first, length);
    }

    private InputStream open(String key, ObjectInfo info, long first, long length)
            throws RecoveryException {
        try {
            FileChannel file = FileChannel.open(layout.object(key), StandardOpenOption.READ);
            try {
                file.position(first);
                if (!head(key).map(ObjectInfo::etag).equals(Optional.of(info.etag()))) {
                    throw StorageException.changed(name, key, info.etag());
                }
                return new FolderStream(name, key, file, length);
            } catch (IOException | RecoveryException failed) {
                file.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw layout.failed(name, "read '" + key + "'", failed);
        }
    }

    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        layout.check(name);
        try (InputStream in = body.open()) {
            return writing.write(key, in, body.sizeBytes(), options);
        } catch (IOException failed) {
            throw StorageException.in(failed, key, this);
        }
    }

    @Override
    public MultipartUpload begin(String key, PutOptions options) throws RecoveryException {
        layout.check(name);
        return FolderUpload.begin(layout, writing, name, key, options);
    }

    /** Never: the bytes pass through here anyway. */
    @Override
    public Optional<ObjectInfo> copyFrom(
            ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent) {
        return Optional.empty();
    }

    @Override
    public void delete(String key) throws RecoveryException {
        layout.check(name);
        if (layout.canHold(key)) {
            writing.delete(key);
        }
    }

    /** Does nothing: every object can be read. */
    @Override
    public void thaw(String key, int days, ThawTier tier) throws RecoveryException {
        if (head(key).isEmpty()) {
            throw StorageException.absent(name, key);
        }
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) throws RecoveryException {
        layout.check(name);
        return FolderUpload.pending(layout, name, prefix);
    }

    @Override
    public void abort(PendingUpload upload) throws RecoveryException {
        layout.check(name);
        FolderUpload.remove(layout, name, upload.uploadId());
    }

    @Override
    public Probe probe(String prefix) throws RecoveryException {
        Probe.Check list = Probe.Check.passed();
        try {
            list(prefix, "", _ -> false, CancelToken.never());
        } catch (StorageException failure) {
            list = Probe.Check.failed(failure);
        }
        return new Probe(name, list, list, Optional.empty(), Optional.empty());
    }

    @Override
    public void close() {}
}
