package dev.lifeboat.storage.s3;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.MultipartUpload;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** CreateMultipartUpload, UploadPart, CompleteMultipartUpload, AbortMultipartUpload. */
final class S3Upload implements MultipartUpload {
    private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);
    private static final int PRECONDITION_FAILED = 412;
    private final S3Connection connection;
    private final Clock clock;
    private final String key;
    private final PutOptions options;
    private final String uploadId;
    private final ConcurrentSkipListMap<Integer, Sent> sent = new ConcurrentSkipListMap<>();
    private volatile boolean ended;

    private record Sent(CompletedPart part, long sizeBytes) {}

    private S3Upload(
            S3Connection connection, Clock clock, String key, PutOptions options, String uploadId) {
        this.connection = connection;
        this.clock = clock;
        this.key = key;
        this.options = options;
        this.uploadId = uploadId;
    }

    static S3Upload begin(S3Connection connection, Clock clock, String key, PutOptions options)
            throws RecoveryException {
        CreateMultipartUploadRequest.Builder request =
                CreateMultipartUploadRequest.builder()
                        .bucket(connection.bucket())
                        .key(key)
                        .metadata(options.metadata());
        if (!options.storageClass().equals(ObjectInfo.STANDARD)) {
            request.storageClass(options.storageClass());
        }
        String id =
                connection
                        .call(
                                "begin to upload '" + key + "'",
                                key,
                                s3 -> s3.createMultipartUpload(request.build()))
                        .uploadId();
        connection.require("begin to upload '" + key + "'", id);
        return new S3Upload(connection, clock, key, options, id);
    }

    @Override
    public String key() {
        return key;
    }

    String uploadId() {
        return uploadId;
    }

    @Override
    public void part(int number, ByteSource bytes) throws RecoveryException {
        if (number < 1 || number > MAX_PARTS) {
            throw new IllegalArgumentException("part " + number);
        }
        String etag =
                connection
                        .call(
                                "upload part " + number + " of '" + key + "'",
                                key,
                                s3 ->
                                        s3.uploadPart(
                                                r ->
                                                        r.bucket(connection.bucket())
                                                                .key(key)
                                                                .uploadId(uploadId)
                                                                .partNumber(number)
                                                                .contentLength(bytes.sizeBytes()),
                                                S3Body.of(bytes)))
                        .eTag();
        sent(
                number,
                connection.require("upload part " + number + " of '" + key + "'", etag),
                bytes.sizeBytes());
    }

    void sent(int number, String etag, long sizeBytes) {
        sent.put(
                number,
                new Sent(CompletedPart.builder().partNumber(number).eTag(etag).build(), sizeBytes));
    }

    @Override
    public ObjectInfo complete() throws RecoveryException {
        List<CompletedPart> parts = sent.values().stream().map(Sent::part).toList();
        CompleteMultipartUploadRequest request =
                CompleteMultipartUploadRequest.builder()
                        .bucket(connection.bucket())
                        .key(key)
                        .uploadId(uploadId)
                        .multipartUpload(CompletedMultipartUpload.builder().parts(parts).build())
                        .ifNoneMatch(options.ifAbsent() ? "*" : null)
                        .build();
        CompleteMultipartUploadResponse answer;
        try {
            answer = connection.client().completeMultipartUpload(request);
        } catch (RuntimeException failed) {
            throw failed instanceof S3Exception answered
                            && answered.statusCode() == PRECONDITION_FAILED
                    ? StorageException.exists(connection.name(), key)
                    : connection.translate("complete '" + key + "'", key, failed);
        }
        connection.require("complete '" + key + "'", answer.eTag());
        ended = true;
        return new ObjectInfo(
                key,
                sent.values().stream().mapToLong(Sent::sizeBytes).sum(),
                S3Answers.etag(answer.eTag()),
                S3Answers.date(answer.sdkHttpResponse()).orElseGet(clock::instant),
                options.storageClass(),
                options.metadata(),
                ObjectInfo.Availability.ofClass(options.storageClass()));
    }

    @Override
    public void abort() throws RecoveryException {
        abort(connection, key, uploadId);
        ended = true;
    }

    static void abort(S3Connection connection, String key, String uploadId)
            throws RecoveryException {
        try {
            connection.call(
                    "abort the upload of '" + key + "'",
                    key,
                    s3 ->
                            s3.abortMultipartUpload(
                                    r ->
                                            r.bucket(connection.bucket())
                                                    .key(key)
                                                    .uploadId(uploadId)));
        } catch (StorageException failure) {
            if (failure.kind() != Kind.UPLOAD_GONE) {
                throw failure;
            }
        }
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
