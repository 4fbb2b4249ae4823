package dev.lifeboat.storage.s3;

import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectInfo.Availability;
import dev.lifeboat.storage.ObjectVersion;

import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.RestoreStatus;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects as the store's answers describe them. */
final class S3Answers {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private S3Answers() {}

    static ObjectInfo describe(String key, HeadObjectResponse answer) {
        String storageClass = storageClass(answer.storageClassAsString());
        return new ObjectInfo(
                key,
                answer.contentLength(),
                etag(answer.eTag()),
                answer.lastModified(),
                storageClass,
                answer.metadata(),
                availability(storageClass, answer.restore()));
    }

    static ObjectInfo describe(String key, GetObjectResponse answer) {
        String storageClass = storageClass(answer.storageClassAsString());
        return new ObjectInfo(
                key,
                range(answer).map(ContentRange::totalBytes).orElseGet(answer::contentLength),
                etag(answer.eTag()),
                answer.lastModified(),
                storageClass,
                answer.metadata(),
                availability(storageClass, answer.restore()));
    }

    static ObjectInfo describe(S3Object listed) {
        String storageClass = storageClass(listed.storageClassAsString());
        return new ObjectInfo(
                listed.key(),
                listed.size(),
                etag(listed.eTag()),
                listed.lastModified(),
                storageClass,
                Map.of(),
                availability(storageClass, listed.restoreStatus()));
    }

    static ObjectVersion describe(software.amazon.awssdk.services.s3.model.ObjectVersion listed) {
        String storageClass = storageClass(listed.storageClassAsString());
        var object =
                new ObjectInfo(
                        listed.key(),
                        listed.size(),
                        etag(listed.eTag()),
                        listed.lastModified(),
                        storageClass,
                        Map.of(),
                        availability(storageClass, listed.restoreStatus()));
        return new ObjectVersion(
                listed.versionId(), Boolean.TRUE.equals(listed.isLatest()), object);
    }

    private static Availability availability(String storageClass, RestoreStatus restore) {
        Availability byClass = Availability.ofClass(storageClass);
        if (byClass == Availability.AVAILABLE || restore == null) {
            return byClass;
        }
        if (Boolean.TRUE.equals(restore.isRestoreInProgress())) {
            return Availability.THAWING;
        }
        return restore.restoreExpiryDate() == null ? byClass : Availability.THAWED;
    }

    /** Which bytes an answer holds; empty when it holds the whole object. */
    static Optional<ContentRange> range(GetObjectResponse answer) {
        return Optional.ofNullable(answer.contentRange())
                .map(CONTENT_RANGE::matcher)
                .filter(Matcher::matches)
                .map(
                        match ->
                                new ContentRange(
                                        Long.parseLong(match.group(1)),
                                        Long.parseLong(match.group(3))));
    }

    /** The store's own time when it answered. */
    static Optional<Instant> date(SdkHttpResponse answer) {
        try {
            return answer.firstMatchingHeader("Date")
                    .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    static String etag(String quoted) {
        return quoted == null ? "" : quoted.replace("\"", "");
    }

    static String quoted(String etag) {
        return '"' + etag + '"';
    }

    private static String storageClass(String named) {
        return named == null || named.isEmpty() ? ObjectInfo.STANDARD : named;
    }

    private static Availability availability(String storageClass, String restore) {
        Availability byClass = Availability.ofClass(storageClass);
        if (byClass == Availability.AVAILABLE || restore == null) {
            return byClass;
        }
        return restore.contains("ongoing-request=\"true\"")
                ? Availability.THAWING
                : Availability.THAWED;
    }

    /** Where an answer's bytes lie in the object. */
    record ContentRange(long firstByte, long totalBytes) {}
}
