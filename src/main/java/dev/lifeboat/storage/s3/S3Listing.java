package dev.lifeboat.storage.s3;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Keys;
import dev.lifeboat.storage.ObjectVisitor;
import dev.lifeboat.storage.PendingUpload;

import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** ListObjectsV2 and ListMultipartUploads, page by page. */
final class S3Listing {
    private final S3Connection connection;

    S3Listing(S3Connection connection) {
        this.connection = connection;
    }

    void list(String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
            throws RecoveryException {
        ListObjectsV2Request request =
                ListObjectsV2Request.builder()
                        .bucket(connection.bucket())
                        .prefix(prefix)
                        .startAfter(startAfter.isEmpty() ? null : startAfter)
                        .optionalObjectAttributes(OptionalObjectAttributes.RESTORE_STATUS)
                        .build();
        while (request != null) {
            cancel.check();
            ListObjectsV2Response page = page(request);
            for (S3Object object : page.contents()) {
                cancel.check();
                if (!visitor.visit(S3Answers.describe(object))) {
                    return;
                }
            }
            request = page.isTruncated() ? behind(request, page) : null;
        }
    }

    private ListObjectsV2Response page(ListObjectsV2Request request) throws RecoveryException {
        String doing = "list '" + request.prefix() + "'";
        ListObjectsV2Response page = connection.call(doing, "", s3 -> s3.listObjectsV2(request));
        if (connection.require(doing, page.isTruncated())) {
            connection.require(doing, page.nextContinuationToken());
        }
        return page;
    }

    private static ListObjectsV2Request behind(
            ListObjectsV2Request request, ListObjectsV2Response page) {
        return request.toBuilder()
                .startAfter(null)
                .continuationToken(page.nextContinuationToken())
                .build();
    }

    List<PendingUpload> uploads(String prefix) throws RecoveryException {
        List<PendingUpload> found = new ArrayList<>();
        ListMultipartUploadsRequest request =
                ListMultipartUploadsRequest.builder()
                        .bucket(connection.bucket())
                        .prefix(prefix)
                        .build();
        String doing = "list the pending uploads of '" + prefix + "'";
        ListMultipartUploadsResponse page;
        do {
            ListMultipartUploadsRequest next = request;
            page = connection.call(doing, "", s3 -> s3.listMultipartUploads(next));
            page.uploads().stream()
                    .filter(upload -> upload.key().startsWith(prefix))
                    .map(
                            upload ->
                                    new PendingUpload(
                                            upload.key(), upload.uploadId(), upload.initiated()))
                    .forEach(found::add);
            request =
                    request.toBuilder()
                            .keyMarker(page.nextKeyMarker())
                            .uploadIdMarker(page.nextUploadIdMarker())
                            .build();
        } while (connection.require(doing, page.isTruncated()));
        found.sort(Comparator.comparing(PendingUpload::key, Keys.ORDER));
        return found;
    }
}
