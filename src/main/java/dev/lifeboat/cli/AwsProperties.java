package dev.lifeboat.cli;

import java.util.Map;

/**
 * Hands what a settings file says about AWS to the AWS SDK, which reads the process's environment
 * and its own system properties, and no file of ours.
 *
 * <p>Source: AWS SDKs and Tools Reference Guide, "Settings reference", JVM system properties.
 */
final class AwsProperties {
    private static final Map<String, String> NAMES =
            Map.of(
                    "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
                    "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
                    "AWS_SESSION_TOKEN", "aws.sessionToken",
                    "AWS_REGION", "aws.region",
                    "AWS_PROFILE", "aws.profile",
                    "AWS_CONFIG_FILE", "aws.configFile",
                    "AWS_SHARED_CREDENTIALS_FILE", "aws.sharedCredentialsFile");

    private AwsProperties() {}

    /** Sets a property for each variable that the process itself lacks. */
    static void fill(Map<String, String> variables, Map<String, String> process) {
        NAMES.forEach(
                (variable, property) -> {
                    String value = variables.get(variable);
                    if (value != null && process.getOrDefault(variable, "").isEmpty()) {
                        System.setProperty(property, value);
                    }
                });
    }
}
