package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StoreMeter.Operation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Counts calls, failures, bytes and times of a store. */
public final class MeteredStore extends StoreDecorator {
    private final StoreMeter meter;

    public MeteredStore(ObjectStore inner, StoreMeter meter) {
        super(inner);
        this.meter = meter;
    }

    /** Something to be timed. */
    private interface Call<T> {
        T run() throws RecoveryException;
    }

    private <T> T timed(Operation operation, Call<T> call) throws RecoveryException {
        long start = System.nanoTime();
        boolean failed = true;
        try {
            T result = call.run();
            failed = false;
            return result;
        } finally {
            meter.called(operation, System.nanoTime() - start, failed);
        }
    }

    @Override
    public void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException {
        timed(
                Operation.LIST,
                () -> {
                    inner.list(prefix, startAfter, visitor, cancel);
                    return null;
                });
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws RecoveryException {
        return timed(Operation.HEAD, () -> inner.head(key));
    }

    @Override
    public ObjectStream get(String key, ByteRange range, String expectedEtag)
            throws RecoveryException {
        ObjectStream body = timed(Operation.GET, () -> inner.get(key, range, expectedEtag));
        return new ObjectStream(
                new Counted(body), body.info(), body.firstByte(), body.lengthBytes());
    }

    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        ObjectInfo info = timed(Operation.PUT, () -> inner.put(key, body, options));
        meter.wrote(body.sizeBytes());
        return info;
    }

    @Override
    public MultipartUpload begin(String key, PutOptions options) throws RecoveryException {
        MultipartUpload upload = timed(Operation.BEGIN, () -> inner.begin(key, options));
        return new MultipartUpload() {
            @Override
            public String key() {
                return upload.key();
            }

            @Override
            public void part(int number, ByteSource bytes) throws RecoveryException {
                timed(
                        Operation.PART,
                        () -> {
                            upload.part(number, bytes);
                            return null;
                        });
                meter.wrote(bytes.sizeBytes());
            }

            @Override
            public ObjectInfo complete() throws RecoveryException {
                return timed(Operation.COMPLETE, upload::complete);
            }

            @Override
            public void abort() throws RecoveryException {
                timed(
                        Operation.ABORT,
                        () -> {
                            upload.abort();
                            return null;
                        });
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
        return timed(Operation.COPY, () -> inner.copyFrom(source, fromKey, toKey, onlyIfAbsent));
    }

    @Override
    public void delete(String key) throws RecoveryException {
        timed(
                Operation.DELETE,
                () -> {
                    inner.delete(key);
                    return null;
                });
    }

    @Override
    public void thaw(String key, int days, ThawTier tier) throws RecoveryException {
        timed(
                Operation.THAW,
                () -> {
                    inner.thaw(key, days, tier);
                    return null;
                });
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) throws RecoveryException {
        return timed(Operation.PENDING, () -> inner.pendingUploads(prefix));
    }

    @Override
    public void abort(PendingUpload upload) throws RecoveryException {
        timed(
                Operation.ABORT,
                () -> {
                    inner.abort(upload);
                    return null;
                });
    }

    @Override
    public Probe probe(String prefix) throws RecoveryException {
        return timed(Operation.PROBE, () -> inner.probe(prefix));
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int single = in.read();
            meter.read(single < 0 ? 0 : 1);
            return single;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            meter.read(Math.max(0, count));
            return count;
        }
    }
}
