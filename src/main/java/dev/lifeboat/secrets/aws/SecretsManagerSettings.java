package dev.lifeboat.secrets.aws;

import java.net.URI;
import java.util.Optional;

/**
 * Where AWS Secrets Manager is asked, and as whom.
 *
 * @param region empty: what AWS's own chain says; the region of a secret named by ARN comes first
 * @param endpoint instead of AWS's own, as AWS_ENDPOINT_URL_SECRETS_MANAGER or AWS_ENDPOINT_URL
 *     name it
 * @param profile of AWS's configuration files; empty: what AWS's own chain says
 */
public record SecretsManagerSettings(
        Optional<String> region, Optional<URI> endpoint, Optional<String> profile) {
    /** All as AWS's own chain says. */
    public static SecretsManagerSettings ofChain() {
        return new SecretsManagerSettings(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
