package dev.lifeboat.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.ObjectStream;
import dev.lifeboat.storage.ObjectVersion;
import dev.lifeboat.storage.ObjectVersions;
import dev.lifeboat.storage.RetryPolicy;
import dev.lifeboat.storage.RetryingStore;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.StorageException.Kind;
import dev.lifeboat.storage.VersionView;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The requests for older versions, over HTTP, against a server that answers as S3's API reference
 * says: one page holds two versions, a deletion is a marker, a version has its own metadata.
 */
class S3VersionsTest {
    private static final String KEY = "wal/a";

    private final List<String> asked = new ArrayList<>();
    private final Map<String, byte[]> bytes = new HashMap<>();
    private HttpServer server;
    private ObjectStore store;
    private int status = 200;
    private String versioning =
            "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
    private int cutAfter = Integer.MAX_VALUE;

    @BeforeEach
    void startServer() throws IOException {
        bytes.put("v3", "the newest".getBytes(StandardCharsets.UTF_8));
        bytes.put("v2", "older".getBytes(StandardCharsets.UTF_8));
        bytes.put("v1", new byte[300_000]);
        Arrays.fill(bytes.get("v1"), (byte) 7);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var bucket =
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
        store =
                new RetryingStore(
                        bucket,
                        RetryPolicy.brief(),
                        Clock.systemUTC(),
                        _ -> {},
                        RandomGenerator.getDefault(),
                        (_, _) -> {});
    }

    @AfterEach
    void stopServer() {
        store.close();
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        asked.add(exchange.getRequestMethod() + " " + query);
        Map<String, String> parameters = parameters(query);
        if (parameters.containsKey("versioning")) {
            send(exchange, status, versioning.getBytes(StandardCharsets.UTF_8));
        } else if (parameters.containsKey("versions")) {
            send(exchange, 200, page(parameters).getBytes(StandardCharsets.UTF_8));
        } else {
            object(exchange, parameters.getOrDefault("versionId", "v3"));
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : query.split("&")) {
            String[] parts = each.split("=", 2);
            parameters.put(
                    parts[0],
                    parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return parameters;
    }

    private String page(Map<String, String> parameters) {
        assertThat(parameters).containsEntry("prefix", KEY);
        String body =
                switch (parameters.getOrDefault("version-id-marker", "")) {
                    case "" ->
                            "<IsTruncated>true</IsTruncated><NextKeyMarker>wal/a</NextKeyMarker>"
                                    + "<NextVersionIdMarker>v3</NextVersionIdMarker>"
                                    + "<DeleteMarker><Key>wal/a</Key><VersionId>gone</VersionId>"
                                    + "<IsLatest>true</IsLatest>"
                                    + "<LastModified>2026-04-08T02:00:00.000Z</LastModified>"
                                    + "</DeleteMarker>"
                                    + version(KEY, "v3", "STANDARD");
                    case "v3" ->
                            "<IsTruncated>true</IsTruncated><NextKeyMarker>wal/ab</NextKeyMarker>"
                                    + "<NextVersionIdMarker>other</NextVersionIdMarker>"
                                    + version(KEY, "v2", "GLACIER")
                                    + version(KEY, "v1", "STANDARD")
                                    + version("wal/ab", "other", "STANDARD");
                    default -> throw new AssertionError("no page behind that is of this key");
                };
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListVersionsResult"
                + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>bucket</Name>"
                + body
                + "</ListVersionsResult>";
    }

    private String version(String key, String id, String storageClass) {
        return "<Version><Key>"
                + key
                + "</Key><VersionId>"
                + id
                + "</VersionId><IsLatest>false</IsLatest>"
                + "<LastModified>2026-04-07T02:00:00.000Z</LastModified><ETag>&quot;etag-"
                + id
                + "&quot;</ETag><Size>"
                + bytes.getOrDefault(id, new byte[1]).length
                + "</Size><StorageClass>"
                + storageClass
                + "</StorageClass></Version>";
    }

    private void object(HttpExchange exchange, String id) throws IOException {
        byte[] content = bytes.get(id);
        if (content == null) {
            send(
                    exchange,
                    404,
                    "<Error><Code>NoSuchVersion</Code></Error>".getBytes(StandardCharsets.UTF_8));
            return;
        }
        exchange.getResponseHeaders().set("ETag", "\"etag-" + id + "\"");
        exchange.getResponseHeaders().set("Last-Modified", "Tue, 07 Apr 2026 02:00:00 GMT");
        exchange.getResponseHeaders().set("x-amz-version-id", id);
        exchange.getResponseHeaders().set("x-amz-meta-of", id);
        String range = exchange.getRequestHeaders().getFirst("Range");
        int first = 0;
        int end = content.length;
        if (range != null) {
            String[] ends = range.substring("bytes=".length()).split("-");
            first = Integer.parseInt(ends[0]);
            end = Math.min(content.length, Integer.parseInt(ends[1]) + 1);
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            "bytes " + first + "-" + (end - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, end - first);
        try (OutputStream out = exchange.getResponseBody()) {
            int sent = Math.min(end - first, cutAfter);
            cutAfter = Integer.MAX_VALUE;
            out.write(content, first, sent);
            if (sent < end - first) {
                throw new IOException("cut off");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private ObjectVersions versions() throws Exception {
        return store.versions().orElseThrow();
    }

    @Test
    void everyVersionThatHasBytesIsListedTheNewestFirst() throws Exception {
        List<ObjectVersion> found = versions().of(KEY);

        assertThat(found).extracting(ObjectVersion::id).containsExactly("v3", "v2", "v1");
        assertThat(found).noneMatch(ObjectVersion::current);
        ObjectInfo older = found.get(1).object();
        assertThat(older.key()).isEqualTo(KEY);
        assertThat(older.etag()).isEqualTo("etag-v2");
        assertThat(older.sizeBytes()).isEqualTo(5);
        assertThat(older.lastModified()).isEqualTo(Instant.parse("2026-04-07T02:00:00Z"));
        assertThat(older.availability()).isEqualTo(ObjectInfo.Availability.ARCHIVED);
        assertThat(asked).hasSize(3);
    }

    @Test
    void aVersionIsReadWithItsOwnMetadata() throws Exception {
        ObjectVersion older = versions().of(KEY).get(1);

        try (ObjectStream stream = versions().get(older, ByteRange.whole())) {
            assertThat(stream.readAllBytes()).asString().isEqualTo("older");
        }
        var view = new VersionView(store, versions(), older);
        assertThat(view.head(KEY).orElseThrow().metadata()).containsEntry("of", "v2");
        assertThat(view.head(KEY).orElseThrow().sizeBytes()).isEqualTo(5);
        assertThat(asked).filteredOn(request -> request.contains("versionId=v2")).hasSize(3);
    }

    @Test
    void aBodyThatBreaksGoesOnWithTheSameVersion() throws Exception {
        ObjectVersion oldest = versions().of(KEY).get(2);
        cutAfter = 100_000;

        try (ObjectStream stream = versions().get(oldest, ByteRange.whole())) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes.get("v1"));
        }
        assertThat(asked).filteredOn(request -> request.contains("versionId=v1")).hasSize(2);
    }

    @Test
    void aVersionThatIsGoneIsAbsent() throws Exception {
        ObjectVersion oldest = versions().of(KEY).get(2);
        bytes.remove("v1");

        StorageException failure =
                catchThrowableOfType(
                        StorageException.class, () -> versions().get(oldest, ByteRange.whole()));

        assertThat(failure.kind()).isEqualTo(Kind.ABSENT);
        assertThat(new VersionView(store, versions(), oldest).head(KEY)).isEmpty();
    }

    @Test
    void aBucketThatWasSuspendedStillHasVersions() throws Exception {
        versioning = versioning.replace("Enabled", "Suspended");

        assertThat(store.versions()).isPresent();
    }

    @Test
    void aBucketWithoutVersioningAndAServiceWithoutTheCallKeepNone() throws Exception {
        versioning = "<VersioningConfiguration/>";
        assertThat(store.versions()).isEmpty();

        status = 501;
        versioning = "<Error><Code>NotImplemented</Code></Error>";
        assertThat(store.versions()).isEmpty();
        assertThat(asked).hasSize(2);
    }

    @Test
    void aMissingRightIsNotReadAsNoVersions() {
        status = 403;
        versioning = "<Error><Code>AccessDenied</Code></Error>";

        StorageException failure =
                catchThrowableOfType(StorageException.class, () -> store.versions());

        assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
        assertThat(failure.problem().remedy()).contains("s3:GetBucketVersioning");
    }
}
