package dev.lifeboat.storage.s3;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.MultipartUpload;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.ObjectVersions;
import dev.lifeboat.storage.ObjectVisitor;
import dev.lifeboat.storage.PendingUpload;
import dev.lifeboat.storage.Probe;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;
import dev.lifeboat.storage.ThawTier;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * One bucket. Each method does its requests once: put a {@code RetryingStore} around it.
 *
 * <p>Source of all behaviour: Amazon S3 API reference, the operation each method names.
 */
public final class S3ObjectStore implements ObjectStore {
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private final S3Connection connection;
    private final Clock clock;

    /** Sends nothing yet; credentials are looked for with the first request. */
    public S3ObjectStore(S3Settings settings, Clock clock) {
        this.connection = new S3Connection(settings);
        this.clock = clock;
    }

    @Override
    public String name() {
        return connection.name();
    }

    @Override
    public void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException {
        new S3Listing(connection).list(prefix, startAfter, visitor, cancel);
    }

    /**
     * HeadObject, whose answers have no body; what it refuses is asked again by GetObject, which
     * tells the reason.
     */
    @Override
    public Optional<ObjectInfo> head(String key) throws RecoveryException {
        String doing = "look at '" + key + "'";
        try {
            HeadObjectResponse answer =
                    connection.client().headObject(r -> r.bucket(connection.bucket()).key(key));
            connection.require(doing, answer.eTag());
            return Optional.of(S3Answers.describe(key, answer));
        } catch (S3Exception refused) {
            if (refused.statusCode() >= 500) {
                throw connection.translate(doing, key, refused);
            }
        } catch (RuntimeException failed) {
            throw connection.translate(doing, key, failed);
        }
        try (var first = get(key, ByteRange.of(0, 1), null)) {
            return Optional.of(first.info());
        } catch (StorageException reason) {
            if (reason.kind() == Kind.ABSENT) {
                return Optional.empty();
            }
            throw reason;
        } catch (IOException closing) {
            throw StorageException.in(closing, key, this);
        }
    }

    /** GetObject with Range and If-Match. */
    @Override
    public ObjectStream get(String key, ByteRange range, String expectedEtag)
            throws RecoveryException {
        return get(key, range, expectedEtag, null);
    }

    /**
     * @param versionId null for the current version
     */
    ObjectStream get(String key, ByteRange range, String expectedEtag, String versionId)
            throws RecoveryException {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder()
                        .bucket(connection.bucket())
                        .key(key)
                        .versionId(versionId);
        if (!range.isWhole()) {
            request.range(range.header());
        }
        if (expectedEtag != null) {
            request.ifMatch(S3Answers.quoted(expectedEtag));
        }
        ResponseInputStream<GetObjectResponse> body;
        try {
            body = connection.client().getObject(request.build());
        } catch (RuntimeException failed) {
            if (failed instanceof S3Exception answered) {
                if (answered.statusCode() == RANGE_NOT_SATISFIABLE) {
                    throw StorageException.range(name(), key, range);
                }
                if (answered.statusCode() == PRECONDITION_FAILED) {
                    throw StorageException.changed(name(), key, expectedEtag);
                }
            }
            String doing =
                    (versionId == null ? "read '" : "open version " + versionId + " of '")
                            + key
                            + "'";
            throw connection.translate(doing, key, failed);
        }
        return stream(key, range, body);
    }

    private ObjectStream stream(
            String key, ByteRange range, ResponseInputStream<GetObjectResponse> body)
            throws StorageException {
        GetObjectResponse answer = body.response();
        if (answer.eTag() == null) {
            body.abort();
        }
        connection.require("read '" + key + "'", answer.eTag());
        ObjectInfo info = S3Answers.describe(key, answer);
        long first = S3Answers.range(answer).map(S3Answers.ContentRange::firstByte).orElse(0L);
        long length = answer.contentLength();
        if (first != range.firstByte(info.sizeBytes())
                || length != range.lengthIn(info.sizeBytes())) {
            body.abort();
            throw new StorageException(
                    Kind.OTHER,
                    "'" + key + "' could not be read from " + name() + ".",
                    "The store gave other bytes than the range that was asked for.",
                    "Use a storage service that honours HTTP ranges.");
        }
        return new ObjectStream(new S3Stream(name(), key, body, length), info, first, length);
    }

    /** PutObject, with If-None-Match where nothing may be replaced. */
    @Override
    public ObjectInfo put(String key, ByteSource body, PutOptions options)
            throws RecoveryException {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder()
                        .bucket(connection.bucket())
                        .key(key)
                        .contentLength(body.sizeBytes())
                        .metadata(options.metadata());
        if (!options.storageClass().equals(ObjectInfo.STANDARD)) {
            request.storageClass(options.storageClass());
        }
        if (options.ifAbsent()) {
            request.ifNoneMatch("*");
        }
        PutObjectResponse answer;
        try {
            answer = connection.client().putObject(request.build(), S3Body.of(body));
        } catch (RuntimeException failed) {
            throw refusedToWrite(key, failed);
        }
        connection.require("write '" + key + "'", answer.eTag());
        return new ObjectInfo(
                key,
                body.sizeBytes(),
                S3Answers.etag(answer.eTag()),
                S3Answers.date(answer.sdkHttpResponse()).orElseGet(clock::instant),
                options.storageClass(),
                options.metadata(),
                ObjectInfo.Availability.ofClass(options.storageClass()));
    }

    private RecoveryException refusedToWrite(String key, RuntimeException failed) {
        return failed instanceof S3Exception answered
                        && answered.statusCode() == PRECONDITION_FAILED
                ? StorageException.exists(name(), key)
                : connection.translate("write '" + key + "'", key, failed);
    }

    @Override
    public MultipartUpload begin(String key, PutOptions options) throws RecoveryException {
        return S3Upload.begin(connection, clock, key, options);
    }

    /** CopyObject or UploadPartCopy, where both buckets belong to the same service. */
    @Override
    public Optional<ObjectInfo> copyFrom(
            ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent)
            throws RecoveryException {
        return source.innermost() instanceof S3ObjectStore other && other.isBeside(this)
                ? new S3Copy(this, clock).copy(other, fromKey, toKey, onlyIfAbsent)
                : Optional.empty();
    }

    private boolean isBeside(S3ObjectStore other) {
        return connection.settings().endpoint().equals(other.connection.settings().endpoint());
    }

    /**
     * CopyObject onto itself; above 5 GB UploadPartCopy. Where the service copies and leaves the
     * class as it was, the object is written anew.
     */
    @Override
    public ObjectInfo changeClass(String key, String expectedEtag, String storageClass)
            throws RecoveryException {
        String etag = new S3Copy(this, clock).intoClass(key, expectedEtag, storageClass).etag();
        if (!hasClass(key, storageClass)) {
            ObjectStore.super.changeClass(key, etag, storageClass);
        }
        return head(key)
                .filter(object -> object.storageClass().equals(storageClass))
                .orElseThrow(
                        () ->
                                new StorageException(
                                        Kind.OTHER,
                                        "'" + key + "' did not move to " + storageClass + ".",
                                        name() + " took the request and kept the class.",
                                        "Such a service has no storage classes; nothing is lost."));
    }

    private boolean hasClass(String key, String storageClass) throws RecoveryException {
        return head(key).filter(object -> object.storageClass().equals(storageClass)).isPresent();
    }

    @Override
    public void delete(String key) throws RecoveryException {
        connection.call(
                "delete '" + key + "'",
                key,
                s3 -> s3.deleteObject(r -> r.bucket(connection.bucket()).key(key)));
    }

    /** RestoreObject. */
    @Override
    public void thaw(String key, int days, ThawTier tier) throws RecoveryException {
        S3Thaw.thaw(connection, key, days, tier);
    }

    /** GetBucketVersioning. */
    @Override
    public Optional<ObjectVersions> versions() throws RecoveryException {
        var versions = new S3Versions(this);
        return versions.areKept() ? Optional.of(versions) : Optional.empty();
    }

    @Override
    public List<PendingUpload> pendingUploads(String prefix) throws RecoveryException {
        return new S3Listing(connection).uploads(prefix);
    }

    @Override
    public void abort(PendingUpload upload) throws RecoveryException {
        S3Upload.abort(connection, upload.key(), upload.uploadId());
    }

    @Override
    public Probe probe(String prefix) throws RecoveryException {
        return new S3Prober(this, clock).probe(prefix);
    }

    S3Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.close();
    }
}
