package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException.Kind;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An upload in parts of which each request is tried again. */
final class RetryingUpload implements MultipartUpload {
    /** Metadata by which an upload recognises its own object after its answer was lost. */
    static final String MARK = "lifeboat-upload";

    private static final Logger LOG = LoggerFactory.getLogger(RetryingUpload.class);
    private final ObjectStore store;
    private final MultipartUpload inner;
    private final PutOptions options;
    private final Retries retries;
    private volatile boolean ended;

    RetryingUpload(ObjectStore store, MultipartUpload inner, PutOptions options, Retries retries) {
        this.store = store;
        this.inner = inner;
        this.options = options;
        this.retries = retries;
    }

    static PutOptions mark(PutOptions options) {
        Map<String, String> metadata = new HashMap<>(options.metadata());
        metadata.put(MARK, UUID.randomUUID().toString());
        return options.withMetadata(metadata);
    }

    @Override
    public String key() {
        return inner.key();
    }

    @Override
    public void part(int number, ByteSource bytes) throws RecoveryException {
        retries.run(
                _ -> {
                    inner.part(number, bytes);
                    return null;
                });
    }

    @Override
    public ObjectInfo complete() throws RecoveryException {
        ObjectInfo info =
                retries.run(
                        tries -> {
                            try {
                                return inner.complete();
                            } catch (StorageException failure) {
                                boolean mayBeOwn =
                                        failure.kind() == Kind.EXISTS
                                                || failure.kind() == Kind.UPLOAD_GONE;
                                if (!mayBeOwn || !tries.mayBeDone()) {
                                    throw failure;
                                }
                                return own().orElseThrow(() -> failure);
                            }
                        });
        ended = true;
        return info;
    }

    private Optional<ObjectInfo> own() throws RecoveryException {
        String mark = options.metadata().get(MARK);
        return store.head(key()).filter(there -> mark.equals(there.metadata().get(MARK)));
    }

    @Override
    public void abort() throws RecoveryException {
        retries.run(
                _ -> {
                    inner.abort();
                    return null;
                });
        ended = true;
    }

    @Override
    public void close() {
        if (!ended) {
            try {
                abort();
            } catch (RecoveryException stays) {
                LOG.warn("The upload of {} stays pending: {}", key(), stays.getMessage());
            }
        }
    }
}
