package dev.lifeboat.storage.s3;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.CredentialsReport;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.Probe;
import dev.lifeboat.storage.Probe.Check;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lists one key and reads one byte. ListObjectsV2 rather than HeadBucket, because only its refusal
 * tells a missing bucket, a missing right and bad credentials apart.
 */
final class S3Prober {
    private static final String NO_KEY = "lifeboat-probe-of-the-right-to-read";
    private final S3ObjectStore store;
    private final Clock clock;

    S3Prober(S3ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Probe probe(String prefix) throws RecoveryException {
        S3Connection connection = store.connection();
        Optional<CredentialsReport> credentials = Optional.empty();
        ListObjectsV2Response listed;
        try {
            credentials = Optional.of(connection.identity().describe());
            listed =
                    connection
                            .client()
                            .listObjectsV2(
                                    r -> r.bucket(connection.bucket()).prefix(prefix).maxKeys(1));
            connection.require("list '" + prefix + "'", listed.isTruncated());
        } catch (StorageException noS3) {
            return refused(noS3, Optional.empty(), credentials);
        } catch (RuntimeException refused) {
            RecoveryException why = connection.translate("list '" + prefix + "'", "", refused);
            return refused(why, date(refused), credentials);
        }
        String key =
                listed.contents().stream().findFirst().map(S3Object::key).orElse(prefix + NO_KEY);
        return new Probe(
                store.name(),
                Check.passed(),
                read(key),
                skew(S3Answers.date(listed.sdkHttpResponse())),
                credentials);
    }

    /** Who may not list is told "denied" for any key that is not there, so reading stays open. */
    private Probe refused(
            RecoveryException why, Optional<Instant> date, Optional<CredentialsReport> credentials)
            throws RecoveryException {
        if (!(why instanceof StorageException failure)) {
            throw why;
        }
        Check list = Check.failed(failure);
        Check read = failure.kind() == Kind.ACCESS_DENIED ? Check.unknown() : list;
        return new Probe(store.name(), list, read, skew(date), credentials);
    }

    private Check read(String key) throws RecoveryException {
        try (ObjectStream _ = store.get(key, ByteRange.of(0, 1), null)) {
            return Check.passed();
        } catch (StorageException failure) {
            return switch (failure.kind()) {
                case ABSENT, RANGE, ARCHIVED -> Check.passed();
                default -> Check.failed(failure);
            };
        } catch (IOException broken) {
            throw StorageException.in(broken, key, store);
        }
    }

    private static Optional<Instant> date(RuntimeException refused) {
        return refused instanceof AwsServiceException answered
                ? Optional.ofNullable(answered.awsErrorDetails())
                        .map(AwsErrorDetails::sdkHttpResponse)
                        .flatMap(S3Answers::date)
                : Optional.empty();
    }

    private Optional<Duration> skew(Optional<Instant> theirs) {
        return theirs.map(
                date -> Duration.ofSeconds(Duration.between(clock.instant(), date).toSeconds()));
    }
}
