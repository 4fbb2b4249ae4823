package dev.lifeboat.storage.s3;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

import java.time.Duration;
import java.util.function.Function;

/** The SDK's client for one bucket, set up for Lifeboat. */
final class S3Connection implements AutoCloseable {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);
    private final S3Settings settings;
    private final S3Identity identity;
    private final S3Client client;
    private final S3Failures failures;

    S3Connection(S3Settings settings) {
        this.settings = settings;
        this.identity = new S3Identity(settings.credentials());
        this.failures = new S3Failures(name(), settings);
        this.client = build(settings, identity);
    }

    private static S3Client build(S3Settings settings, AwsCredentialsProvider identity) {
        Duration connecting =
                settings.patience().compareTo(CONNECT_PATIENCE) < 0
                        ? settings.patience()
                        : CONNECT_PATIENCE;
        S3ClientBuilder builder =
                S3Client.builder()
                        .credentialsProvider(identity)
                        .region(region(settings))
                        .forcePathStyle(settings.pathStyle())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                        .httpClientBuilder(
                                Apache5HttpClient.builder()
                                        .maxConnections(settings.connections())
                                        .connectionTimeout(connecting)
                                        .socketTimeout(settings.patience())
                                        .connectionAcquisitionTimeout(Duration.ofMinutes(10))
                                        .tcpKeepAlive(true));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** As AWS's tools look for it, but never by asking the network. */
    private static Region region(S3Settings settings) {
        if (settings.region().isPresent()) {
            return Region.of(settings.region().get());
        }
        try {
            return new SystemSettingsRegionProvider().getRegion();
        } catch (SdkClientException _) {
            return ofProfile(settings);
        }
    }

    private static Region ofProfile(S3Settings settings) {
        String profile =
                settings.credentials() instanceof S3Settings.Credentials.Profile named
                        ? named.name()
                        : ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
        try {
            Region region =
                    new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, profile)
                            .getRegion();
            return region == null ? Region.US_EAST_1 : region;
        } catch (SdkClientException _) {
            return Region.US_EAST_1;
        }
    }

    /** Does one request, and says what it means when it fails. */
    <T> T call(String doing, String key, Function<S3Client, T> request) throws RecoveryException {
        try {
            return request.apply(client);
        } catch (RuntimeException thrown) {
            throw failures.translate(doing, key, thrown);
        }
    }

    RecoveryException translate(String doing, String key, RuntimeException thrown) {
        return failures.translate(doing, key, thrown);
    }

    /** {@link S3Failures#require}. */
    <T> T require(String doing, T value) throws StorageException {
        return failures.require(doing, value);
    }

    S3Client client() {
        return client;
    }

    S3Identity identity() {
        return identity;
    }

    S3Settings settings() {
        return settings;
    }

    String bucket() {
        return settings.bucket();
    }

    String name() {
        return "s3://" + settings.bucket();
    }

    @Override
    public void close() {
        client.close();
        identity.close();
    }
}
