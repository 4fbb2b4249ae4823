package dev.lifeboat.storage.s3;

import software.amazon.awssdk.core.useragent.BusinessMetricFeatureId;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which link of the credentials chain answered, in words. The SDK names a link by a code of one or
 * two letters, several with commas between them when one leads to the next.
 *
 * <p>Source: AWS SDK for Java, {@code BusinessMetricFeatureId}.
 */
final class CredentialSource {
    private static final String PREFIX = "CREDENTIALS_";

    private CredentialSource() {}

    /** For example {@code environment variables}, or {@code profile, then sts assume role}. */
    static String words(String providerName) {
        return Arrays.stream(providerName.split(","))
                .map(code -> known(code).orElse(code))
                .collect(Collectors.joining(", then "));
    }

    private static Optional<String> known(String code) {
        return Arrays.stream(BusinessMetricFeatureId.values())
                .filter(feature -> feature.name().startsWith(PREFIX))
                .filter(feature -> code.equals(feature.value()))
                .map(CredentialSource::word)
                .findFirst();
    }

    private static String word(BusinessMetricFeatureId feature) {
        return switch (feature) {
            case CREDENTIALS_CODE -> "given by the program";
            case CREDENTIALS_JVM_SYSTEM_PROPERTIES -> "system properties";
            case CREDENTIALS_ENV_VARS -> "environment variables";
            case CREDENTIALS_IMDS -> "instance metadata";
            case CREDENTIALS_HTTP -> "container";
            default ->
                    feature.name()
                            .substring(PREFIX.length())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', ' ');
        };
    }
}
