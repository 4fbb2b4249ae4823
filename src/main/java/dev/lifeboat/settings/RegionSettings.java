package dev.lifeboat.settings;

import dev.lifeboat.storage.s3.S3Settings;

import java.net.URI;
import java.util.Optional;

/**
 * Where one region's backups live.
 *
 * @param bucket the bucket of backups
 * @param walBucket the bucket of WAL; the same as {@code bucket} unless set apart
 * @param region the AWS region; empty: AWS's own chain decides
 * @param endpoint an S3 server other than AWS's own
 * @param pathStyle whether the bucket stands in the path instead of the host name
 * @param awsProfile the profile of AWS's files whose credentials are used; empty: AWS's own chain
 *     decides
 */
public record RegionSettings(
        String bucket,
        String walBucket,
        Optional<String> region,
        Optional<URI> endpoint,
        boolean pathStyle,
        Optional<String> awsProfile) {

    /** How to reach the bucket of backups. */
    public S3Settings backups() {
        return s3(bucket);
    }

    /** How to reach the bucket of WAL. */
    public S3Settings wal() {
        return s3(walBucket);
    }

    private S3Settings s3(String name) {
        S3Settings s3 = S3Settings.of(name);
        if (endpoint.isPresent()) {
            s3 = s3.withEndpoint(endpoint.get());
        }
        if (region.isPresent()) {
            s3 = s3.withRegion(region.get());
        }
        if (awsProfile.isPresent()) {
            s3 = s3.withCredentials(new S3Settings.Credentials.Profile(awsProfile.get()));
        }
        return s3.withPathStyle(pathStyle);
    }
}
