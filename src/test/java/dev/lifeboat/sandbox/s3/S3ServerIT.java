package dev.lifeboat.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.s3.S3ObjectStore;
import dev.lifeboat.storage.s3.S3Settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

class S3ServerIT {
    @TempDir private Path folder;
    private final Secret secret = Secret.of("sandbox-secret-key");

    @Test
    void keepsObjectsAndAddressWhileItIsDark() throws Exception {
        try (S3Server server = S3Server.start(folder, "sandbox", secret, List.of("one", "two"));
                ObjectStore store = store(server, "two")) {
            store.put(
                    "wal/a",
                    ByteSource.of(new byte[10]),
                    PutOptions.plain().withMetadata(Map.of("sha256", "abc")));
            var address = server.endpoint();

            server.goDark();
            server.goDark();
            assertThatThrownBy(() -> store.head("wal/a")).isInstanceOf(RecoveryException.class);
            server.comeBack();
            server.comeBack();

            assertThat(server.endpoint()).isEqualTo(address);
            assertThat(store.head("wal/a").orElseThrow().metadata())
                    .isEqualTo(Map.of("sha256", "abc"));
        }
    }

    @Test
    void servesWhatItsFolderHeldBefore() throws Exception {
        try (S3Server server = S3Server.start(folder, "sandbox", secret, List.of("one"));
                ObjectStore store = store(server, "one")) {
            store.put("a", ByteSource.of(new byte[10]), PutOptions.plain());
        }

        try (S3Server server = S3Server.start(folder, "sandbox", secret, List.of("one"));
                ObjectStore store = store(server, "one")) {
            assertThat(store.head("a")).isPresent();
        }
    }

    @Test
    void listensOnLoopbackAlone() throws Exception {
        try (S3Server server = S3Server.start(folder, "sandbox", secret, List.of())) {
            assertThat(server.endpoint().getHost()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void saysWhenItsFolderCannotBeUsed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> S3Server.start(file, "sandbox", secret, List.of("one")))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        failure ->
                                assertThat(failure.code())
                                        .isEqualTo(ProblemCode.ENVIRONMENT_FAILED));
    }

    private ObjectStore store(S3Server server, String bucket) {
        return new S3ObjectStore(
                S3Settings.of(bucket)
                        .withRegion("us-east-1")
                        .withEndpoint(server.endpoint())
                        .withCredentials(new S3Settings.Credentials.Keys("sandbox", secret)),
                Clock.systemUTC());
    }
}
