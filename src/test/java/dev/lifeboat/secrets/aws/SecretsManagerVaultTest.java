package dev.lifeboat.secrets.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/** Against a server that answers as the API reference says. */
class SecretsManagerVaultTest {
    private static final String NAME = "mockupaws/backup-encryption-key";
    private static final String FOUND = "{\"Name\":\"x\",\"SecretString\":\"the key\"}";

    private final ArrayDeque<String> answers = new ArrayDeque<>();
    private HttpServer server;
    private String asked;
    private String authorization;
    private String target;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void aSecretIsAskedForByNameAndSigned() throws Exception {
        answers.add("200 " + FOUND);

        try (Secret secret = vault().fetch(NAME)) {
            assertThat(secret.copyUtf8()).asString(StandardCharsets.UTF_8).isEqualTo("the key");
        }

        assertThat(asked).isEqualTo("{\"SecretId\":\"" + NAME + "\"}");
        assertThat(target).isEqualTo("secretsmanager.GetSecretValue");
        assertThat(authorization)
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains("/eu-west-1/secretsmanager/aws4_request");
    }

    @Test
    void anArnBringsItsRegion() throws Exception {
        answers.add("200 " + FOUND);

        vault().fetch("arn:aws:secretsmanager:us-east-2:123456789012:secret:key-AbCdEf").close();

        assertThat(authorization).contains("/us-east-2/secretsmanager/");
    }

    @Test
    void aBinarySecretIsTakenAsItIs() throws Exception {
        answers.add("200 {\"SecretBinary\":\"AAECAw==\"}");

        try (Secret secret = vault().fetch(NAME)) {
            assertThat(secret.copyUtf8()).containsExactly(0, 1, 2, 3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ResourceNotFoundException, 400, KEY_MISSING",
        "AccessDeniedException, 400, ACCESS_DENIED",
        "DecryptionFailure, 400, ACCESS_DENIED",
        "ExpiredTokenException, 400, CREDENTIALS_EXPIRED",
        "UnrecognizedClientException, 400, CREDENTIALS_REFUSED",
    })
    void aRefusalIsSaidOnceAndInItsOwnWords(String type, int status, ProblemCode code) {
        answers.add(status + " {\"__type\":\"" + type + "\",\"Message\":\"Because.\"}");

        var refused = refused(vault());

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused).hasMessageContainingAll(NAME, type, "Because.");
        assertThat(refused.code().exitCode()).isEqualTo(6);
    }

    @Test
    void aServiceThatRecoversIsAskedAgain() throws Exception {
        answers.add("500 {\"__type\":\"InternalServiceError\"}");
        answers.add("503 busy");
        answers.add("200 " + FOUND);

        try (Secret secret = vault().fetch(NAME)) {
            assertThat(secret.isEmpty()).isFalse();
        }
    }

    @Test
    void aServiceThatStaysSilentIsUnreachable() {
        server.stop(0);

        assertThat(refused(vault()).code()).isEqualTo(ProblemCode.KEY_SOURCE_UNREACHABLE);
    }

    @Test
    void withoutCredentialsNothingIsAsked() {
        var vault =
                new SecretsManagerVault(
                        settings(),
                        () -> {
                            throw SdkClientException.create("none");
                        },
                        Duration.ZERO);

        assertThat(refused(vault).code()).isEqualTo(ProblemCode.CREDENTIALS_MISSING);
        assertThat(asked).isNull();
    }

    private SecretsManagerVault vault() {
        var identity = AwsBasicCredentials.create("AKIDEXAMPLE", "secret");
        return new SecretsManagerVault(
                settings(), () -> StaticCredentialsProvider.create(identity), Duration.ZERO);
    }

    private SecretsManagerSettings settings() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new SecretsManagerSettings(
                Optional.of("eu-west-1"), Optional.of(endpoint), Optional.empty());
    }

    private static RecoveryException refused(SecretsManagerVault vault) {
        return catchThrowableOfType(RecoveryException.class, () -> vault.fetch(NAME));
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String answer = answers.remove();
        byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
