package dev.lifeboat.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.CredentialsReport;
import dev.lifeboat.storage.Probe;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class S3IdentityTest {
    private static final List<String> PROPERTIES =
            List.of("aws.configFile", "aws.sharedCredentialsFile");
    @TempDir private Path folder;
    private final Map<String, String> before = new HashMap<>();

    @BeforeEach
    void setProfiles() throws Exception {
        Files.writeString(
                folder.resolve("config"),
                """
                [profile prod]
                region = eu-west-1
                """);
        Files.writeString(
                folder.resolve("credentials"),
                """
                [prod]
                aws_access_key_id = AKIAEXAMPLE12345678
                aws_secret_access_key = not-to-be-shown
                """);
        PROPERTIES.forEach(name -> before.put(name, System.getProperty(name)));
        System.setProperty("aws.configFile", folder.resolve("config").toString());
        System.setProperty("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
    }

    @AfterEach
    void resetProfiles() {
        before.forEach(
                (name, value) -> {
                    if (value == null) {
                        System.clearProperty(name);
                    } else {
                        System.setProperty(name, value);
                    }
                });
    }

    @Test
    void saysWhichProfileGaveTheCredentials() {
        try (var identity = new S3Identity(new S3Settings.Credentials.Profile("prod"))) {
            CredentialsReport report = identity.describe();

            assertThat(report.source()).isEqualTo("profile prod");
            assertThat(report.accessKeyId()).isEqualTo("AKIA...5678");
            assertThat(report.expiresAt()).isEmpty();
            assertThat(report.toString()).doesNotContain("not-to-be-shown");
        }
    }

    @Test
    void hasWhatProfilesWithRolesAndSignOnNeed() throws Exception {
        for (String factory :
                List.of(
                        "software.amazon.awssdk.services.sts.internal.StsProfileCredentialsProviderFactory",
                        "software.amazon.awssdk.services.sso.auth.SsoProfileCredentialsProviderFactory",
                        "software.amazon.awssdk.services.ssooidc.SsoOidcProfileTokenProviderFactory")) {
            assertThat(Class.forName(factory)).isNotNull();
        }
    }

    @Test
    void tellsMissingCredentialsFromEverythingElse() throws Exception {
        S3Settings settings =
                S3Settings.of("bucket")
                        .withEndpoint(URI.create("http://127.0.0.1:9"))
                        .withCredentials(new S3Settings.Credentials.Profile("no-such-profile"));
        try (var store = new S3ObjectStore(settings, Clock.systemUTC())) {
            assertThat(catchThrowableOfType(StorageException.class, () -> store.head("x")).kind())
                    .isEqualTo(Kind.CREDENTIALS_MISSING);
            Probe probe = store.probe("");
            assertThat(probe.list().kind()).isEqualTo(Kind.CREDENTIALS_MISSING);
            assertThat(probe.credentials()).isEmpty();
        }
    }

    @Test
    void showsNoSecretOfKeys() {
        try (Secret secret = Secret.of("not-to-be-shown");
                var identity = new S3Identity(new S3Settings.Credentials.Keys("short", secret))) {
            assertThat(identity.describe())
                    .isEqualTo(
                            new CredentialsReport("settings", "short", java.util.Optional.empty()));
        }
    }
}
