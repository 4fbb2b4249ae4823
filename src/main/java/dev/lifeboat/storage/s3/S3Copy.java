package dev.lifeboat.storage.s3;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;

import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.time.Clock;
import java.util.Optional;

/**
 * Copies inside S3 with the credentials of the store that receives; where these may not read the
 * source, nothing is done and the caller streams.
 *
 * <p>Source: Amazon S3 User Guide, "Copying, moving, and renaming objects": one request up to 5 GB,
 * parts above.
 */
final class S3Copy {
    private static final long SINGLE_REQUEST_BYTES = 5_000_000_000L;
    private static final long PART_BYTES = 512L << 20;
    private static final int PRECONDITION_FAILED = 412;
    private final S3ObjectStore target;
    private final Clock clock;

    S3Copy(S3ObjectStore target, Clock clock) {
        this.target = target;
        this.clock = clock;
    }

    Optional<ObjectInfo> copy(
            S3ObjectStore source, String fromKey, String toKey, boolean onlyIfAbsent)
            throws RecoveryException {
        ObjectInfo object =
                source.head(fromKey)
                        .orElseThrow(() -> StorageException.absent(source.name(), fromKey));
        if (onlyIfAbsent && target.head(toKey).isPresent()) {
            throw StorageException.exists(target.name(), toKey);
        }
        try {
            return Optional.of(
                    object.sizeBytes() <= SINGLE_REQUEST_BYTES
                            ? whole(source, object, toKey, object.storageClass(), onlyIfAbsent)
                            : inParts(source, object, toKey, object.storageClass(), onlyIfAbsent));
        } catch (StorageException failure) {
            if (failure.kind() == Kind.ACCESS_DENIED) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** {@link dev.lifeboat.storage.ObjectStore#changeClass}. */
    ObjectInfo intoClass(String key, String expectedEtag, String storageClass)
            throws RecoveryException {
        ObjectInfo object =
                target.head(key).orElseThrow(() -> StorageException.absent(target.name(), key));
        if (!object.etag().equals(expectedEtag)) {
            throw StorageException.changed(target.name(), key, expectedEtag);
        }
        return object.sizeBytes() <= SINGLE_REQUEST_BYTES
                ? whole(target, object, key, storageClass, false)
                : inParts(target, object, key, storageClass, false);
    }

    private ObjectInfo whole(
            S3ObjectStore source,
            ObjectInfo object,
            String toKey,
            String storageClass,
            boolean onlyIfAbsent)
            throws RecoveryException {
        S3Connection connection = target.connection();
        CopyObjectRequest.Builder request =
                CopyObjectRequest.builder()
                        .sourceBucket(source.connection().bucket())
                        .sourceKey(object.key())
                        .copySourceIfMatch(S3Answers.quoted(object.etag()))
                        .destinationBucket(connection.bucket())
                        .destinationKey(toKey)
                        .storageClass(storageClass)
                        .ifNoneMatch(onlyIfAbsent ? "*" : null);
        if (source == target && object.key().equals(toKey)) {
            // Some services take a copy onto itself only when its metadata is given anew.
            request.metadataDirective(MetadataDirective.REPLACE).metadata(object.metadata());
        }
        CopyObjectResponse answer;
        try {
            answer = connection.client().copyObject(request.build());
        } catch (RuntimeException failed) {
            if (onlyIfAbsent
                    && failed instanceof S3Exception answered
                    && answered.statusCode() == PRECONDITION_FAILED) {
                throw StorageException.exists(target.name(), toKey);
            }
            throw connection.translate("copy '" + object.key() + "'", object.key(), failed);
        }
        CopyObjectResult copied =
                connection.require("copy '" + object.key() + "'", answer.copyObjectResult());
        connection.require("copy '" + object.key() + "'", copied.eTag());
        return new ObjectInfo(
                toKey,
                object.sizeBytes(),
                S3Answers.etag(copied.eTag()),
                S3Answers.date(answer.sdkHttpResponse()).orElseGet(clock::instant),
                storageClass,
                object.metadata(),
                ObjectInfo.Availability.ofClass(storageClass));
    }

    private ObjectInfo inParts(
            S3ObjectStore source,
            ObjectInfo object,
            String toKey,
            String storageClass,
            boolean onlyIfAbsent)
            throws RecoveryException {
        S3Connection connection = target.connection();
        PutOptions options = new PutOptions(object.metadata(), storageClass, onlyIfAbsent);
        long part = Math.max(PART_BYTES, object.sizeBytes() / (S3Upload.MAX_PARTS - 1) + 1);
        try (S3Upload upload = S3Upload.begin(connection, clock, toKey, options)) {
            int number = 0;
            for (long first = 0; first < object.sizeBytes(); first += part) {
                copyPart(
                        source,
                        object,
                        upload,
                        ++number,
                        first,
                        Math.min(part, object.sizeBytes() - first));
            }
            return upload.complete();
        }
    }

    private void copyPart(
            S3ObjectStore source,
            ObjectInfo object,
            S3Upload upload,
            int number,
            long first,
            long length)
            throws RecoveryException {
        S3Connection connection = target.connection();
        String etag =
                connection
                        .call(
                                "copy '" + object.key() + "'",
                                object.key(),
                                s3 ->
                                        s3.uploadPartCopy(
                                                r ->
                                                        r.sourceBucket(source.connection().bucket())
                                                                .sourceKey(object.key())
                                                                .copySourceIfMatch(
                                                                        S3Answers.quoted(
                                                                                object.etag()))
                                                                .copySourceRange(
                                                                        "bytes=%d-%d"
                                                                                .formatted(
                                                                                        first,
                                                                                        first
                                                                                                + length
                                                                                                - 1))
                                                                .destinationBucket(
                                                                        connection.bucket())
                                                                .destinationKey(upload.key())
                                                                .uploadId(upload.uploadId())
                                                                .partNumber(number)))
                        .copyPartResult()
                        .eTag();
        upload.sent(number, etag, length);
    }
}
