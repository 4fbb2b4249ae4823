package dev.lifeboat.storage.s3;

import dev.lifeboat.secrets.Secret;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which bucket, where, and who asks.
 *
 * @param region empty: AWS's own settings (environment, then profile), and {@code us-east-1} where
 *     they name none
 * @param endpoint empty: AWS's own, or what AWS_ENDPOINT_URL_S3 names
 * @param pathStyle whether the bucket stands in the path instead of the host name
 * @param connections how many requests may be on their way at once
 * @param patience how long a silent connection is borne before it counts as lost
 */
public record S3Settings(
        String bucket,
        Optional<String> region,
        Optional<URI> endpoint,
        boolean pathStyle,
        Credentials credentials,
        int connections,
        Duration patience) {
    private static final int CONNECTIONS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public S3Settings {
        Objects.requireNonNull(bucket);
        Objects.requireNonNull(credentials);
        if (connections < 1) {
            throw new IllegalArgumentException(connections + " connections");
        }
    }

    /** A bucket of AWS, with the credentials AWS's own chain finds. */
    public static S3Settings of(String bucket) {
        return new S3Settings(
                bucket,
                Optional.empty(),
                Optional.empty(),
                false,
                new Credentials.Chain(),
                CONNECTIONS,
                PATIENCE);
    }

    public S3Settings withRegion(String newRegion) {
        return new S3Settings(
                bucket,
                Optional.of(newRegion),
                endpoint,
                pathStyle,
                credentials,
                connections,
                patience);
    }

    /** Another service that speaks S3, addressed in path style. */
    public S3Settings withEndpoint(URI newEndpoint) {
        return new S3Settings(
                bucket, region, Optional.of(newEndpoint), true, credentials, connections, patience);
    }

    public S3Settings withPathStyle(boolean newPathStyle) {
        return new S3Settings(
                bucket, region, endpoint, newPathStyle, credentials, connections, patience);
    }

    public S3Settings withCredentials(Credentials newCredentials) {
        return new S3Settings(
                bucket, region, endpoint, pathStyle, newCredentials, connections, patience);
    }

    public S3Settings withConnections(int newConnections) {
        return new S3Settings(
                bucket, region, endpoint, pathStyle, credentials, newConnections, patience);
    }

    public S3Settings withPatience(Duration newPatience) {
        return new S3Settings(
                bucket, region, endpoint, pathStyle, credentials, connections, newPatience);
    }

    /** Where credentials come from. */
    public sealed interface Credentials {
        /**
         * AWS's default chain. Source: AWS SDK for Java 2.x Developer Guide, "Default credentials
         * provider chain".
         */
        record Chain() implements Credentials {}

        /** A named profile of AWS's shared files, and nothing else. */
        record Profile(String name) implements Credentials {}

        /** One pair of keys, as the sandbox has it. The secret stays the caller's. */
        record Keys(String accessKeyId, Secret secretAccessKey) implements Credentials {}
    }
}
