package dev.lifeboat.storage.memory;

import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.MultipartUpload;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** Parts in memory until they become one object. */
final class MemoryUpload implements MultipartUpload {
    private final MemoryStore store;
    private final Map<String, MemoryUpload> pending;
    private final PendingUpload described;
    private final PutOptions options;
    private final ConcurrentSkipListMap<Integer, byte[]> parts = new ConcurrentSkipListMap<>();

    MemoryUpload(
            MemoryStore store,
            Map<String, MemoryUpload> pending,
            String key,
            Instant startedAt,
            PutOptions options) {
        this.store = store;
        this.pending = pending;
        this.options = options;
        this.described = new PendingUpload(key, UUID.randomUUID().toString(), startedAt);
    }

    String id() {
        return described.uploadId();
    }

    PendingUpload describe() {
        return described;
    }

    @Override
    public String key() {
        return described.key();
    }

    @Override
    public void part(int number, ByteSource bytes) throws RecoveryException {
        if (number < 1 || number > MAX_PARTS) {
            throw new IllegalArgumentException("part " + number);
        }
        byte[] content = store.readAll(key(), bytes);
        checkPending();
        parts.put(number, content);
    }

    @Override
    public ObjectInfo complete() throws RecoveryException {
        checkPending();
        for (byte[] part : parts.headMap(parts.isEmpty() ? 1 : parts.lastKey()).values()) {
            if (part.length < MIN_PART_BYTES) {
                throw StorageException.partTooSmall(store.name(), key());
            }
        }
        var whole = new ByteArrayOutputStream();
        parts.values().forEach(whole::writeBytes);
        byte[] bytes = whole.toByteArray();
        String etag = Sha256.of(bytes).sha256().substring(0, 32) + "-" + parts.size();
        ObjectInfo info = store.store(key(), bytes, etag, options);
        pending.remove(id());
        return info;
    }

    @Override
    public void abort() {
        pending.remove(id());
    }

    @Override
    public void close() {
        abort();
    }

    private void checkPending() throws StorageException {
        if (!pending.containsKey(id())) {
            throw StorageException.uploadGone(store.name(), key());
        }
    }
}
