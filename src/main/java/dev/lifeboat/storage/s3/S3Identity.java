package dev.lifeboat.storage.s3;

import dev.lifeboat.storage.CredentialsReport;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Who asks: gives the SDK its credentials, and says of a failure to find any that it is one, which
 * the SDK's own exception does not.
 */
final class S3Identity implements AwsCredentialsProvider, AutoCloseable {
    private final S3Settings.Credentials source;
    private final AwsCredentialsProvider provider;

    S3Identity(S3Settings.Credentials source) {
        this.source = source;
        this.provider =
                switch (source) {
                    case S3Settings.Credentials.Chain _ ->
                            DefaultCredentialsProvider.builder().build();
                    case S3Settings.Credentials.Profile profile ->
                            ProfileCredentialsProvider.create(profile.name());
                    case S3Settings.Credentials.Keys keys ->
                            StaticCredentialsProvider.create(basic(keys));
                };
    }

    private static AwsBasicCredentials basic(S3Settings.Credentials.Keys keys) {
        byte[] secret = keys.secretAccessKey().copyUtf8();
        try {
            return AwsBasicCredentials.create(
                    keys.accessKeyId(), new String(secret, StandardCharsets.UTF_8));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * @throws NoCredentials when the source has none that are good
     */
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return provider.resolveCredentials();
        } catch (SdkClientException | IllegalStateException none) {
            throw new NoCredentials(none);
        }
    }

    /** Which source gave the credentials. */
    CredentialsReport describe() {
        AwsCredentials credentials = resolveCredentials();
        String id = credentials.accessKeyId();
        String from =
                switch (source) {
                    case S3Settings.Credentials.Profile profile -> "profile " + profile.name();
                    case S3Settings.Credentials.Keys _ -> "settings";
                    case S3Settings.Credentials.Chain _ ->
                            credentials
                                    .providerName()
                                    .map(CredentialSource::words)
                                    .orElse("AWS default chain");
                };
        return new CredentialsReport(
                from,
                id.length() > 8 ? id.substring(0, 4) + "..." + id.substring(id.length() - 4) : id,
                credentials.expirationTime());
    }

    @Override
    public void close() {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }

    /** No credentials could be had. */
    static final class NoCredentials extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoCredentials(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }

        /** Whether there were some, and their time is over (an SSO session, for example). */
        boolean isExpired() {
            return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("expired");
        }
    }
}
