package dev.lifeboat.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.sandbox.s3.S3Server;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.ObjectStoreContract;
import dev.lifeboat.storage.Probe;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The contract and S3's own failures against a real server. */
class S3StoreIT extends ObjectStoreContract {
    private static final Secret SECRET = Secret.of("sandbox-secret-key");
    @TempDir private static Path folder;
    private static S3Server server;
    private static int buckets;
    private String bucket;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start(folder, "sandbox", SECRET, List.of());
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected ObjectStore open() throws IOException {
        bucket = "bucket-" + ++buckets;
        Files.createDirectory(folder.resolve(bucket));
        return new S3ObjectStore(settings(), Clock.systemUTC());
    }

    private S3Settings settings() {
        return S3Settings.of(bucket)
                .withRegion("us-east-1")
                .withEndpoint(server.endpoint())
                .withPatience(Duration.ofSeconds(5))
                .withCredentials(new S3Settings.Credentials.Keys("sandbox", SECRET));
    }

    @Test
    void neverTakesAMissingBucketForAnAbsentObject() {
        try (var elsewhere = open(settings(), "no-such-bucket")) {
            failsInEveryMethod(elsewhere, Kind.BUCKET_MISSING);
        }
    }

    @Test
    void tellsAWrongSecretFromAnAbsentObject() {
        try (Secret wrong = Secret.of("wrong");
                var stranger = open(settings().withCredentials(keys("sandbox", wrong)), bucket)) {
            failsInEveryMethod(stranger, Kind.CREDENTIALS_REFUSED);
        }
    }

    @Test
    void tellsAnUnknownAccessKeyFromAnAbsentObject() {
        try (var stranger = open(settings().withCredentials(keys("nobody", SECRET)), bucket)) {
            failsInEveryMethod(stranger, Kind.CREDENTIALS_REFUSED);
        }
    }

    @Test
    void tellsAServerThatIsGoneFromAnAbsentObject() throws Exception {
        put("wal/a", "x");
        server.goDark();
        try {
            failsInEveryMethod(store, Kind.UNREACHABLE);
            fails(Kind.UNREACHABLE, () -> store.delete("wal/a"));
        } finally {
            server.comeBack();
        }
        assertThat(text("wal/a", ByteRange.whole())).isEqualTo("x");
    }

    @Test
    void tellsAHostThatDoesNotExistFromAnAbsentObject() {
        try (var nowhere =
                open(
                        settings().withEndpoint(URI.create("http://no-such-host.invalid:9")),
                        bucket)) {
            failsInEveryMethod(nowhere, Kind.UNREACHABLE);
        }
    }

    @Test
    void saysInItsProbeWhatIsWrong() throws Exception {
        Probe good = store.probe("");
        assertThat(good.isUsable()).isTrue();
        assertThat(good.clockSkew().orElseThrow().abs()).isLessThan(Duration.ofSeconds(30));
        assertThat(good.credentials().orElseThrow().source()).isEqualTo("settings");

        Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        try (var late = new S3ObjectStore(settings(), slow)) {
            assertThat(late.probe("").clockSkew().orElseThrow())
                    .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
        }
        try (var elsewhere = open(settings(), "no-such-bucket")) {
            assertThat(elsewhere.probe("").list().kind()).isEqualTo(Kind.BUCKET_MISSING);
            assertThat(elsewhere.probe("").isUsable()).isFalse();
        }
        try (var stranger = open(settings().withCredentials(keys("nobody", SECRET)), bucket)) {
            assertThat(stranger.probe("").list().kind()).isEqualTo(Kind.CREDENTIALS_REFUSED);
        }
    }

    @Test
    void namesNoSecretWhereverItFails() {
        try (Secret wrong = Secret.of("a-wrong-secret-key");
                var stranger = open(settings().withCredentials(keys("sandbox", wrong)), bucket)) {
            Throwable failure = Assertions.catchThrowable(() -> stranger.head("x"));

            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("a-wrong-secret-key");
            }
            assertThat(settings().toString()).doesNotContain("sandbox-secret-key");
        }
    }

    @Test
    void failsAReadWhenTheServerGoesAwayUnderWay() throws Exception {
        store.put("large", ByteSource.of(random(64 << 20)), PutOptions.plain());
        try (InputStream body = store.get("large", ByteRange.whole(), null)) {
            assertThat(body.readNBytes(1000)).hasSize(1000);
            server.goDark();

            Throwable broken = Assertions.catchThrowable(body::readAllBytes);

            assertThat(broken)
                    .isInstanceOfSatisfying(
                            StreamException.class,
                            stream ->
                                    assertThat(((StorageException) stream.recovery()).kind())
                                            .isEqualTo(Kind.TRUNCATED));
        } finally {
            server.comeBack();
        }
    }

    @Test
    void blamesThisMachineWhenTheBodyCannotBeRead() {
        ByteSource broken =
                new ByteSource() {
                    @Override
                    public long sizeBytes() {
                        return 100;
                    }

                    @Override
                    public InputStream open() throws IOException {
                        throw new IOException("disk error");
                    }
                };

        fails(Kind.OTHER, () -> store.put("x", broken, PutOptions.plain()));
    }

    @Test
    void listsMoreThanOnePage() throws Exception {
        Path wal = Files.createDirectory(folder.resolve(bucket).resolve("wal"));
        for (int i = 0; i < 2500; i++) {
            Files.createFile(wal.resolve("%024X".formatted(i)));
        }

        assertThat(listed("wal/")).hasSize(2500).isSorted().doesNotHaveDuplicates();
    }

    private static S3Settings.Credentials keys(String id, Secret secret) {
        return new S3Settings.Credentials.Keys(id, secret);
    }

    private static S3ObjectStore open(S3Settings like, String bucket) {
        return new S3ObjectStore(
                new S3Settings(
                        bucket,
                        like.region(),
                        like.endpoint(),
                        like.pathStyle(),
                        like.credentials(),
                        like.connections(),
                        like.patience()),
                Clock.systemUTC());
    }

    private static void failsInEveryMethod(ObjectStore store, Kind kind) {
        fails(kind, () -> store.head("wal/a"));
        fails(kind, () -> store.get("wal/a", ByteRange.whole(), null));
        fails(kind, () -> store.get("wal/a", ByteRange.from(3), null));
        fails(kind, () -> store.list("wal/", "", _ -> true, CancelToken.never()));
        fails(kind, () -> store.put("wal/a", ByteSource.of(bytes("x")), PutOptions.plain()));
        fails(kind, () -> store.begin("wal/a", PutOptions.plain()));
        fails(kind, () -> store.copy("wal/a", "wal/b"));
        fails(kind, () -> store.pendingUploads(""));
    }

    @Test
    void aServerThatKnowsNoVersionsKeepsNone() throws Exception {
        try (ObjectStore here = open()) {
            assertThat(here.versions()).isEmpty();
        }
    }
}
