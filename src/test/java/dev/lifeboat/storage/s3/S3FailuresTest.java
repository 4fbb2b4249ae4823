package dev.lifeboat.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.PutOptions;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** What an answer means, against a server that gives whatever answer the test wants. */
class S3FailuresTest {
    private HttpServer server;
    private ObjectStore store;
    private int status;
    private String body = "";

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        store =
                new S3ObjectStore(
                        S3Settings.of("bucket")
                                .withRegion("us-east-1")
                                .withEndpoint(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + server.getAddress().getPort()))
                                .withPatience(Duration.ofSeconds(20))
                                .withCredentials(
                                        new S3Settings.Credentials.Keys("id", Secret.of("secret"))),
                        Clock.systemUTC());
    }

    @AfterEach
    void stopServer() {
        store.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean bare = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
        exchange.sendResponseHeaders(status, bare ? -1 : bytes.length);
        if (!bare) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, BUCKET_MISSING",
        "403, AccessDenied, ACCESS_DENIED",
        "403, InvalidAccessKeyId, CREDENTIALS_REFUSED",
        "403, SignatureDoesNotMatch, CREDENTIALS_REFUSED",
        "400, ExpiredToken, CREDENTIALS_EXPIRED",
        "403, RequestTimeTooSkewed, CLOCK_SKEWED",
        "301, PermanentRedirect, WRONG_REGION",
        "400, AuthorizationHeaderMalformed, WRONG_REGION",
        "503, SlowDown, THROTTLED",
        "429, TooManyRequests, THROTTLED",
        "409, OperationAborted, THROTTLED",
        "503, ServiceUnavailable, UNREACHABLE",
        "500, InternalError, UNREACHABLE",
        "400, RequestTimeout, UNREACHABLE",
        "501, NotImplemented, UNREACHABLE",
        "400, InvalidArgument, OTHER",
    })
    void readsTheReasonFromTheAnswer(int httpStatus, String code, Kind kind) throws Exception {
        status = httpStatus;
        body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>";

        assertThat(kindOf(() -> store.get("key", ByteRange.whole(), null))).isEqualTo(kind);
        assertThat(kindOf(() -> store.head("key")))
                .isEqualTo(httpStatus >= 500 ? Kind.UNREACHABLE : kind);
        assertThat(kindOf(() -> store.list("", "", _ -> true, CancelToken.never())))
                .isEqualTo(kind);
        assertThat(kindOf(this::put)).isEqualTo(kind);
        assertThat(store.probe("").list().kind()).isEqualTo(kind);
    }

    @Test
    void believesInAbsenceOnlyWhenTheBodySaysNoSuchKey() throws Exception {
        status = 404;
        body = "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>";

        assertThat(store.head("key")).isEmpty();
        assertThat(kindOf(() -> store.get("key", ByteRange.whole(), null))).isEqualTo(Kind.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({"404, <html>not found</html>", "404, ''", "403, ''", "410, gone", "400, ''"})
    void doesNotBelieveInAbsenceWhenSomethingElseAnswers(int httpStatus, String text) {
        status = httpStatus;
        body = text;

        assertThat(kindOf(() -> store.head("key"))).isIn(Kind.OTHER, Kind.ACCESS_DENIED);
        assertThat(kindOf(() -> store.get("key", ByteRange.whole(), null)))
                .isIn(Kind.OTHER, Kind.ACCESS_DENIED);
    }

    @ParameterizedTest
    @CsvSource({"200, <html>please log in</html>", "200, ''", "204, ''"})
    void doesNotTakeAPortalForAStore(int httpStatus, String text) throws Exception {
        status = httpStatus;
        body = text;

        assertThat(kindOf(() -> store.head("key"))).isEqualTo(Kind.UNREACHABLE);
        assertThat(kindOf(() -> store.get("key", ByteRange.whole(), null)))
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(kindOf(() -> store.list("", "", _ -> true, CancelToken.never())))
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(kindOf(this::put)).isEqualTo(Kind.UNREACHABLE);
        assertThat(kindOf(() -> store.begin("key", PutOptions.plain())))
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(kindOf(() -> store.pendingUploads(""))).isEqualTo(Kind.UNREACHABLE);
        assertThat(store.probe("").list().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    private void put() throws Exception {
        store.put("key", ByteSource.of(new byte[10]), PutOptions.plain());
    }

    private static Kind kindOf(ThrowingCallable call) {
        return catchThrowableOfType(StorageException.class, call).kind();
    }
}
