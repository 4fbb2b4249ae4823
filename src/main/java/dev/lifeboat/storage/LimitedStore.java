package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * At most so many requests at once, and at most so many bytes a second, reading and writing
 * together. An open body counts as a request until it is closed, so a caller that holds one while
 * it asks for another needs room for two.
 */
public final class LimitedStore extends StoreDecorator {
    private final Semaphore requests;
    private final ByteRate rate;

    /**
     * @param bytesPerSecond 0 for as many as there come
     */
    public LimitedStore(
            ObjectStore inner, int requestsAtOnce, long bytesPerSecond, Sleeper sleeper) {
        this(inner, requestsAtOnce, new ByteRate(bytesPerSecond, sleeper, System::nanoTime));
    }

    LimitedStore(ObjectStore inner, int requestsAtOnce, ByteRate rate) {
        super(inner);
        this.requests = new Semaphore(requestsAtOnce, true);
        this.rate = rate;
    }

    private interface Call<T> {
        T run() throws RecoveryException;
    }

    private <T> T admitted(Call<T> call) throws RecoveryException {
        enter();
        try {
            return call.run();
        } finally {
            requests.release();
        }
    }

    private void enter() throws CancelledException {
        try {
            requests.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }

    @Override
    public void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException {
        admitted(
                () -> {
                    inner.list(prefix, startAfter, visitor, cancel);
                    return null;
                });
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws RecoveryException {
        return admitted(() -> inner.head(key));
    }

    @Override
    public ObjectStream get(String key, ByteRange range, String expectedEtag)
            throws RecoveryException {
        enter();
        boolean opened = false;
        try {
            ObjectStream body = inner.get(key, range, expectedEtag);
            opened = true;
            return new ObjectStream(
                    new Paced(body, requests), body.info(), body.firstByte(), body.lengthBytes());
        } finally {
            if (!opened) {
                requests.release();
            }
        }
    }

    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        return admitted(() -> inner.put(key, paced(body), options));
    }

    @Override
    public MultipartUpload begin(String key, PutOptions options) throws RecoveryException {
        MultipartUpload upload = admitted(() -> inner.begin(key, options));
        return new MultipartUpload() {
            @Override
            public String key() {
                return upload.key();
            }

            @Override
            public void part(int number, ByteSource bytes) throws RecoveryException {
                admitted(
                        () -> {
                            upload.part(number, paced(bytes));
                            return null;
                        });
            }

            @Override
            public ObjectInfo complete() throws RecoveryException {
                return admitted(upload::complete);
            }

            @Override
            public void abort() throws RecoveryException {
                upload.abort();
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    @Override
    public Optional<ObjectInfo> copyFrom(
            ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent)
            throws RecoveryException {
        return admitted(() -> inner.copyFrom(source, fromKey, toKey, onlyIfAbsent));
    }

    @Override
    public ObjectInfo changeClass(String key, String expectedEtag, String storageClass)
            throws RecoveryException {
        return admitted(() -> inner.changeClass(key, expectedEtag, storageClass));
    }

    @Override
    public void delete(String key) throws RecoveryException {
        admitted(
                () -> {
                    inner.delete(key);
                    return null;
                });
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) throws RecoveryException {
        return admitted(() -> inner.pendingUploads(prefix));
    }

    private ByteSource paced(ByteSource body) {
        return new ByteSource() {
            @Override
            public long sizeBytes() {
                return body.sizeBytes();
            }

            @Override
            public InputStream open() throws IOException {
                return new Paced(body.open(), null);
            }
        };
    }

    private final class Paced extends FilterInputStream {
        private final Semaphore held;
        private final AtomicBoolean closed = new AtomicBoolean();

        /**
         * @param held gets its permit back when the stream is closed; null when none is held
         */
        Paced(InputStream in, Semaphore held) {
            super(in);
            this.held = held;
        }

        @Override
        public int read() throws IOException {
            int single = in.read();
            pace(single < 0 ? 0 : 1);
            return single;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, Math.min(length, rate.sliceBytes()));
            pace(Math.max(0, count));
            return count;
        }

        private void pace(int bytes) throws IOException {
            try {
                rate.take(bytes);
            } catch (CancelledException stopped) {
                throw new StreamException(stopped);
            }
        }

        @Override
        public void close() throws IOException {
            if (closed.compareAndSet(false, true) && held != null) {
                held.release();
            }
            super.close();
        }
    }
}
