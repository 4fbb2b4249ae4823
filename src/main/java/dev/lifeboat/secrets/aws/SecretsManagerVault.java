package dev.lifeboat.secrets.aws;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.secrets.SecretVault;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Fetches secrets from AWS Secrets Manager, with credentials from AWS's own chain. Tries three
 * times when the service does not answer. Safe for use by many threads.
 */
public final class SecretsManagerVault implements SecretVault {
    private static final int ATTEMPTS = 3;
    private static final int ARN_REGION = 3;

    private final SecretsManagerSettings settings;
    private final Supplier<AwsCredentialsProvider> credentials;
    private final Duration pause;

    public SecretsManagerVault(SecretsManagerSettings settings) {
        this(settings, () -> chain(settings), Duration.ofMillis(300));
    }

    SecretsManagerVault(
            SecretsManagerSettings settings,
            Supplier<AwsCredentialsProvider> credentials,
            Duration pause) {
        this.settings = settings;
        this.credentials = credentials;
        this.pause = pause;
    }

    /** {@inheritDoc} A name or an ARN. */
    @Override
    public Secret fetch(String name) throws RecoveryException {
        var call = new GetSecretValue(region(name), settings.endpoint(), identity(name));
        SecretAnswer answer = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                answer = call.ask(name);
                if (!answer.mayPass()) {
                    return answer.secret();
                }
            } catch (IOException silent) {
                answer = SecretAnswer.none(name, silent);
            }
            rest(attempt);
        }
        throw answer.problem();
    }

    private String region(String name) throws RecoveryException {
        String[] arn = name.split(":", -1);
        if (arn[0].equals("arn") && arn.length > ARN_REGION) {
            return arn[ARN_REGION];
        }
        if (settings.region().isPresent()) {
            return settings.region().get();
        }
        try {
            return new DefaultAwsRegionProviderChain().getRegion().id();
        } catch (SdkClientException unknown) {
            throw new RecoveryException(
                    ProblemCode.SETTING_MISSING,
                    "The AWS region of the secret " + name + " is not known.",
                    "Neither the settings nor AWS's own chain names one.",
                    "Set AWS_REGION, or name the secret by its ARN.",
                    unknown);
        }
    }

    private AwsCredentials identity(String name) throws RecoveryException {
        try {
            return credentials.get().resolveCredentials();
        } catch (SdkClientException | IllegalStateException none) {
            throw new RecoveryException(
                    ProblemCode.CREDENTIALS_MISSING,
                    "The secret " + name + " cannot be asked for.",
                    "No credentials for AWS were found.",
                    "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; check with:"
                            + " aws sts get-caller-identity",
                    none);
        }
    }

    private static AwsCredentialsProvider chain(SecretsManagerSettings settings) {
        var builder = DefaultCredentialsProvider.builder();
        settings.profile().ifPresent(builder::profileName);
        return builder.build();
    }

    private void rest(int attempt) throws RecoveryException {
        if (attempt == ATTEMPTS) {
            return;
        }
        try {
            Thread.sleep(pause.multipliedBy(attempt));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }
}
