package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/**
 * What is wrong with keys, credentials, buckets and targets is told by the commands each in its own
 * way, with its exit code, and changes nothing.
 */
class StorageProblemsIT {
    private static LogicalFixture in;
    private static String backup;
    private static List<String> before;

    @BeforeAll
    static void backUpAShop() throws Exception {
        in = new LogicalFixture();
        in.makeShop("shop");
        backup = in.backup("shop");
        before = in.databases("%");
    }

    @AfterAll
    static void endEverything() throws Exception {
        in.close();
    }

    @AfterEach
    void nothingIsChanged() throws Exception {
        assertThat(in.databases("%")).isEqualTo(before);
        assertThat(in.home().resolve("restores")).doesNotExist();
    }

    @Test
    void noKey() throws Exception {
        CliRun run = in.lifeboat("new").variable("BACKUP_ENCRYPTION_KEY", "");

        refused("KEY_MISSING", 6, run, "restore", backup);
    }

    @Test
    void aKeyOfAnotherBackup() throws Exception {
        CliRun run = in.lifeboat("new").variable("BACKUP_ENCRYPTION_KEY", "of another backup");

        JsonNode problem = refused("KEY_WRONG", 6, run, "restore", backup);
        assertThat(problem.toString()).doesNotContain("of another backup");
    }

    @Test
    void aBucketThatIsNotThere() throws Exception {
        CliRun run = oneRegion().variable("BACKUP_BUCKET", "nowhere");

        refused("BUCKET_MISSING", 7, run, "restore", backup);
    }

    @Test
    void anEndpointThatDoesNotAnswer() throws Exception {
        try (var bound = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int nobody = bound.getLocalPort();
            bound.close();
            CliRun run = oneRegion().variable("BACKUP_ENDPOINT_URL", "http://127.0.0.1:" + nobody);

            refused("STORAGE_UNREACHABLE", 7, run, "restore", backup);
        }
    }

    @Test
    void credentialsThatTheStorageDoesNotKnow() throws Exception {
        String right = System.setProperty("aws.secretAccessKey", "hunter2-hunter2");
        try {
            CliRun run = oneRegion();
            refused("CREDENTIALS_REFUSED", 6, run, "restore", backup);
            assertThat(run.stdout() + run.stderr()).doesNotContain("hunter2");
        } finally {
            System.setProperty("aws.secretAccessKey", right);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, ExpiredToken, CREDENTIALS_EXPIRED, 6",
        "403, RequestTimeTooSkewed, CLOCK_SKEWED, 3",
        "403, AccessDenied, ACCESS_DENIED, 6"
    })
    void anAnswerThatRefuses(int status, String error, String code, int exit) throws Exception {
        try (var storage = new Refusing(status, error, true)) {
            CliRun run = oneRegion().variable("BACKUP_ENDPOINT_URL", storage.address());

            refused(code, exit, run, "restore", backup);
        }
    }

    @Test
    void noRightToListAndNoRightToReadAreToldApart() throws Exception {
        assertThat(denied(true)).contains("Could not list", "Give the role s3:ListBucket on");
        assertThat(denied(false)).contains("Could not read", "Give the role s3:GetObject on");
    }

    private static String denied(boolean lists) throws Exception {
        try (var storage = new Refusing(403, "AccessDenied", lists)) {
            CliRun run = oneRegion().variable("BACKUP_ENDPOINT_URL", storage.address());
            return refused("ACCESS_DENIED", 6, run, "restore", "latest").toString();
        }
    }

    @Test
    void aTimeWhereThereAreDumpsOnly() throws Exception {
        JsonNode problem =
                refused(
                        "NO_BASE",
                        4,
                        in.lifeboat("new"),
                        "restore",
                        "latest",
                        "--target-time",
                        "2026-04-07 14:00:00");

        assertThat(problem.path("why").asText()).contains("dumps only").contains(backup);
    }

    @Test
    void aTargetThatIsNoTime() throws Exception {
        refused(
                "TIME_UNREADABLE",
                2,
                in.lifeboat("new"),
                "restore",
                "latest",
                "--target-time",
                "yesterday-ish");
    }

    @Test
    void aManifestWhoseSignatureIsWrongOrThatIsNewer() throws Exception {
        var manifest = in.stored("primary", backup + ".manifest.json");
        String key = in.folder.resolve("s3/primary").relativize(manifest).toString();
        byte[] sound = Files.readAllBytes(manifest);
        String text = new String(sound, StandardCharsets.UTF_8);
        try {
            put(key, text.replaceFirst("\"database\" : \"shop\"", "\"database\" : \"shoq\""));
            refused("MANIFEST_UNTRUSTED", 3, in.lifeboat("new"), "restore", backup);
            put(key, text.replaceFirst("\"formatVersion\" : \"1", "\"formatVersion\" : \"7"));
            refused("MANIFEST_TOO_NEW", 3, in.lifeboat("new"), "restore", backup);
            put(key, text.substring(0, text.length() / 2));
            refused("MANIFEST_DAMAGED", 3, in.lifeboat("new"), "restore", backup);
        } finally {
            put(key, text);
        }
    }

    private static void put(String key, String text) throws Exception {
        in.put("primary", key, Files.writeString(in.folder.resolve("replacement"), text));
    }

    /** Without the other region, which would help out. */
    private static CliRun oneRegion() {
        return in.lifeboat("new")
                .variable("BACKUP_SECONDARY_BUCKET", "")
                .variable("BACKUP_SECONDARY_ENDPOINT_URL", "")
                .variable("BACKUP_SECONDARY_REGION", "");
    }

    private static JsonNode refused(String code, int status, CliRun run, String... arguments)
            throws Exception {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        Outcome outcome = run.run(all);
        JsonNode problem = LogicalFixture.last(run.stdout()).path("problem");
        assertThat(problem.path("code").asText()).as(run.stderr() + run.stdout()).isEqualTo(code);
        assertThat(outcome.code()).isEqualTo(status);
        assertThat(problem.path("remedy").asText()).isNotEmpty();
        return problem;
    }

    /** A storage that refuses all, or all but listing: then it has one manifest. */
    private static final class Refusing implements AutoCloseable {
        private final HttpServer server;
        private final int status;
        private final String error;
        private final boolean refusesLists;

        Refusing(int status, String error, boolean refusesLists) throws IOException {
            this.status = status;
            this.error = error;
            this.refusesLists = refusesLists;
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private void answer(HttpExchange exchange) throws IOException {
            exchange.getRequestBody().readAllBytes();
            boolean list = String.valueOf(exchange.getRequestURI().getQuery()).contains("prefix");
            boolean allowed = list && !refusesLists;
            byte[] body = (allowed ? listing() : refusal()).getBytes(StandardCharsets.UTF_8);
            boolean bare = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(allowed ? 200 : status, bare ? -1 : body.length);
            if (!bare) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        }

        private String refusal() {
            return "<Error><Code>" + error + "</Code><Message>No.</Message></Error>";
        }

        private static String listing() {
            return "<ListBucketResult><Name>primary</Name><KeyCount>1</KeyCount>"
                    + "<IsTruncated>false</IsTruncated><Contents>"
                    + "<Key>backups/full/20260407/shop_full_20260407_020000.manifest.json</Key>"
                    + "<LastModified>2026-04-07T02:00:00.000Z</LastModified>"
                    + "<ETag>\"0123456789abcdef0123456789abcdef\"</ETag><Size>100</Size>"
                    + "</Contents></ListBucketResult>";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
