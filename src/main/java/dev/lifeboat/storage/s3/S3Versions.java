package dev.lifeboat.storage.s3;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.ObjectVersion;
import dev.lifeboat.storage.ObjectVersions;

import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.util.ArrayList;
import java.util.List;

/**
 * GetBucketVersioning, ListObjectVersions, and GetObject with versionId.
 *
 * <p>Source: Amazon S3 User Guide, "Retaining multiple versions of objects with S3 Versioning"; API
 * reference, ListObjectVersions: the versions of a key come most recently stored first.
 */
final class S3Versions implements ObjectVersions {
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3ObjectStore store;
    private final S3Connection connection;

    S3Versions(S3ObjectStore store) {
        this.store = store;
        this.connection = store.connection();
    }

    /** Whether the bucket keeps versions, or once did. A service that lacks the call keeps none. */
    boolean areKept() throws RecoveryException {
        GetBucketVersioningResponse answer;
        try {
            answer = connection.client().getBucketVersioning(r -> r.bucket(connection.bucket()));
        } catch (RuntimeException failed) {
            if (failed instanceof S3Exception answered && isUnknown(answered)) {
                return false;
            }
            throw connection.translate("ask for the versioning", "", failed);
        }
        return answer.status() != null;
    }

    private static boolean isUnknown(S3Exception answered) {
        String code = S3Failures.code(answered).orElse("");
        return answered.statusCode() == NOT_IMPLEMENTED
                || answered.statusCode() == METHOD_NOT_ALLOWED
                || code.equals("NotImplemented");
    }

    @Override
    public List<ObjectVersion> of(String key) throws RecoveryException {
        List<ObjectVersion> found = new ArrayList<>();
        ListObjectVersionsRequest request =
                ListObjectVersionsRequest.builder().bucket(connection.bucket()).prefix(key).build();
        String doing = "list the versions of '" + key + "'";
        while (request != null) {
            ListObjectVersionsRequest next = request;
            ListObjectVersionsResponse page =
                    connection.call(doing, key, s3 -> s3.listObjectVersions(next));
            page.versions().stream()
                    .filter(version -> version.key().equals(key))
                    .map(S3Answers::describe)
                    .forEach(found::add);
            boolean more =
                    connection.require(doing, page.isTruncated())
                            && key.equals(page.nextKeyMarker());
            request =
                    more
                            ? next.toBuilder()
                                    .keyMarker(page.nextKeyMarker())
                                    .versionIdMarker(page.nextVersionIdMarker())
                                    .build()
                            : null;
        }
        return found;
    }

    @Override
    public ObjectStream get(ObjectVersion version, ByteRange range) throws RecoveryException {
        return store.get(version.object().key(), range, null, version.id());
    }
}
