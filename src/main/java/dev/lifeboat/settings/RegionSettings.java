package dev.lifeboat.settings;

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
        Optional<String> awsProfile) {}
