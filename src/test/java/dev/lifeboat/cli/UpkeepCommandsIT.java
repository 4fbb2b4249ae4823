package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.lifeboat.catalog.RealBackups;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.sandbox.s3.S3Server;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.s3.S3ObjectStore;
import dev.lifeboat.storage.s3.S3Settings;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The commands that keep the buckets in order, on two S3 servers. */
class UpkeepCommandsIT {
    private static final String PASSPHRASE = "correct horse";

    @TempDir private static Path folder;
    @TempDir private Path home;
    private static S3Server first;
    private static S3Server second;
    private ObjectStore primary;
    private ObjectStore dr;
    private TestBuckets buckets;
    private final Map<String, String> variables = new HashMap<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @BeforeAll
    static void start() throws Exception {
        Secret secret = Secret.of("sandbox-secret-key");
        first = S3Server.start(folder.resolve("1"), "sandbox", secret, List.of("one"));
        second = S3Server.start(folder.resolve("2"), "sandbox", secret, List.of("two"));
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox-secret-key");
    }

    private static ObjectStore store(S3Server server, String bucket, Secret secret) {
        return new S3ObjectStore(
                S3Settings.of(bucket)
                        .withRegion("us-east-1")
                        .withEndpoint(server.endpoint())
                        .withCredentials(new S3Settings.Credentials.Keys("sandbox", secret)),
                Clock.systemUTC());
    }

    @AfterAll
    static void end() throws Exception {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        first.close();
        second.close();
    }

    @AfterEach
    void close() {
        primary.close();
        dr.close();
    }

    @BeforeEach
    void empty() throws Exception {
        Secret secret = Secret.of("sandbox-secret-key");
        primary = store(first, "one", secret);
        dr = store(second, "two", secret);
        for (ObjectStore store : List.of(primary, dr)) {
            for (String key : keys(store)) {
                store.delete(key);
            }
        }
        buckets = new TestBuckets(primary, dr);
    }

    private static List<String> keys(ObjectStore store) throws Exception {
        List<String> keys = new ArrayList<>();
        store.list("", "", object -> keys.add(object.key()), CancelToken.never());
        return keys;
    }

    private CliRun command() {
        CliRun run = commandWithout();
        variables.forEach(run::variable);
        return run;
    }

    private CliRun commandWithout() {
        return new CliRun()
                .clock(Clock.systemUTC())
                .variable("BACKUP_BUCKET", "one")
                .variable("BACKUP_ENDPOINT_URL", first.endpoint().toString())
                .variable("BACKUP_SECONDARY_BUCKET", "two")
                .variable("BACKUP_SECONDARY_ENDPOINT_URL", second.endpoint().toString())
                .variable("BACKUP_ENCRYPTION_KEY", PASSPHRASE)
                .variable("BACKUP_REGION", "us-east-1")
                .variable("LIFEBOAT_HOME", home.toString());
    }

    private JsonNode run(int status, String... arguments) throws Exception {
        CliRun run = command();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Outcome outcome = run.run(all.toArray(String[]::new));
        assertThat(outcome.code()).as(run.stdout() + run.stderr()).isEqualTo(status);
        return new ObjectMapper().readTree(run.stdout());
    }

    private String daysAgo(int days) {
        return now.minus(Duration.ofDays(days)).toString();
    }

    @Test
    void showsThePlanOfACleanupAndDoesJustThat() throws Exception {
        buckets.full("2010-01-04T02:00:00Z");
        buckets.full("2010-01-05T02:00:00Z");
        String young = buckets.full(daysAgo(1));

        JsonNode plan = run(0, "cleanup");

        assertThat(plan.get("delete").size()).isEqualTo(2 * 2 * 3);
        assertThat(plan.get("delete").get(0).get("key").asText()).endsWith(".manifest.json");
        assertThat(plan.get("delete").get(0).get("why").asText()).contains("30 days");
        assertThat(plan.at("/monthlySaving/removed").asDouble()).isPositive();
        assertThat(plan.get("keep").asInt()).isEqualTo(2 * 3);
        assertThat(plan.at("/windowBefore/from").isNull()).isTrue();
        assertThat(keys(primary)).hasSize(9);

        JsonNode ignored = run(2, "cleanup", "--plan", plan.get("plan").asText());
        assertThat(ignored.at("/problem/code").asText()).isEqualTo("USAGE");

        JsonNode refused = run(5, "cleanup", "--apply", "--plan", "0123456789abcdef");
        assertThat(refused.at("/problem/code").asText()).isEqualTo("PLAN_OUTDATED");
        assertThat(keys(primary)).filteredOn(key -> key.startsWith("backups/")).hasSize(9);

        JsonNode done = run(0, "cleanup", "--apply", "--plan", plan.get("plan").asText());
        assertThat(done.at("/applied/removed").asInt()).isEqualTo(12);
        for (ObjectStore store : List.of(primary, dr)) {
            assertThat(keys(store))
                    .filteredOn(key -> key.startsWith("backups/"))
                    .hasSize(3)
                    .allMatch(key -> key.contains(young));
        }
        assertThat(run(0, "cleanup", "--apply").get("delete").size()).isZero();
    }

    @Test
    void explainsACleanupToPeople() throws Exception {
        buckets.full("2010-01-05T02:00:00Z");
        buckets.full(daysAgo(1));
        CliRun run = command();

        assertThat(run.run("cleanup").code()).isZero();

        assertThat(run.stdout())
                .contains(
                        "- ",
                        "shop_full_20100105_020000",
                        "daily",
                        "Window before: none",
                        "Plan: ");
    }

    @Test
    void holdsAreSetListedHonouredAndReleased() throws Exception {
        String old = buckets.full("2010-01-05T02:00:00Z");
        buckets.full(daysAgo(1));

        JsonNode hold = run(0, "hold", "set", old, "--reason", "audit");
        assertThat(run(0, "hold", "list").at("/holds/0/reason").asText()).isEqualTo("audit");
        assertThat(run(0, "cleanup").get("delete").size()).isZero();

        run(0, "hold", "release", hold.get("id").asText());
        assertThat(run(0, "hold", "list").get("holds").size()).isZero();
        assertThat(run(0, "cleanup").get("delete").size()).isEqualTo(6);
        run(2, "hold", "release", "never-set");
        run(2, "hold", "set", "--reason", "nothing");
        run(4, "hold", "set", UUID.randomUUID().toString(), "--reason", "misspelt");
    }

    @Test
    void theCatalogShowsWhatABackupIsKeptAs() throws Exception {
        buckets.full(daysAgo(1));

        JsonNode kept = run(0, "catalog").at("/backups/0/generations");

        assertThat(kept).extracting(JsonNode::asText).contains("daily", "weekly", "yearly");
    }

    @Test
    void fullsMoveToAColderClassInBothRegions() throws Exception {
        String id = buckets.fullOf(daysAgo(2), 200 << 10);
        buckets.full(daysAgo(1));

        JsonNode done = run(0, "cleanup", "--apply");

        assertThat(done.at("/applied/moved").asInt()).as(done.toString()).isEqualTo(2);
        String key = done.at("/move/0/key").asText();
        assertThat(key).contains(id).endsWith(".dump.enc");
        assertThat(primary.head(key).orElseThrow().storageClass()).isEqualTo("STANDARD_IA");
        assertThat(run(0, "cleanup").get("move").size()).isZero();
        assertThat(run(0, "verify", id, "--level", "checksum").get("ok").asBoolean()).isTrue();
    }

    @Test
    void stopsWhileARegionIsGone() throws Exception {
        buckets.full("2010-01-05T02:00:00Z");
        buckets.full(daysAgo(1));
        second.goDark();
        try {
            JsonNode stopped = run(7, "cleanup", "--apply");
            assertThat(stopped.at("/problem/code").asText()).isEqualTo("STORAGE_UNREACHABLE");
        } finally {
            second.comeBack();
        }
        assertThat(keys(primary)).filteredOn(key -> key.startsWith("backups/")).hasSize(6);
    }

    @Test
    void differencesBetweenTheRegionsAreShownAndMendedEitherWay() throws Exception {
        String id = buckets.full(daysAgo(1));
        String stem = keys(primary).getFirst().replaceAll("\\.dump.*", "");
        primary.delete(stem + ".globals.sql.enc");
        byte[] dump = TestBuckets.get(dr, stem + ".dump.enc");
        dump[3] ^= 1;
        TestBuckets.put(dr, stem + ".dump.enc", dump);

        JsonNode found = run(3, "replicate", "--check");

        assertThat(found.get("objects").asInt()).isEqualTo(3);
        assertThat(found.get("equal").asInt()).isEqualTo(1);
        assertThat(found.at("/missing/primary").asInt()).isEqualTo(1);
        assertThat(found.at("/missing/dr").asInt()).isZero();
        assertThat(found.get("different").asInt()).isEqualTo(1);
        assertThat(found.get("safeBackups").size()).isZero();
        assertThat(found.at("/differences/0/kind").asText()).isEqualTo("damaged-in-dr");

        JsonNode mended = run(0, "replicate", "--apply");
        assertThat(mended.at("/applied/mended").asInt()).isEqualTo(2);
        JsonNode equal = run(0, "replicate", "--deep");
        assertThat(equal.at("/safeBackups/0").asText()).isEqualTo(id);
        assertThat(equal.get("lagSeconds").asInt()).isZero();
    }

    @Test
    void saysWhichObjectsNobodyCanMend() throws Exception {
        buckets.full(daysAgo(1));
        String dump =
                keys(primary).stream()
                        .filter(k -> k.endsWith(".dump.enc"))
                        .findFirst()
                        .orElseThrow();
        primary.delete(dump);
        dr.delete(dump);

        JsonNode left = run(3, "replicate", "--apply");

        assertThat(left.at("/applied/unmended/0/key").asText()).isEqualTo(dump);
        assertThat(left.at("/applied/unmended/0/why").asText()).contains("No region");
    }

    @Test
    void everythingIsBroughtUnderTheNewKeyWhileOldBackupsStayReadable() throws Exception {
        new RealBackups(buckets, TestBuckets.ring("the old one"))
                .full(daysAgo(1), "PGDMP content of a dump");
        variables.put("BACKUP_DECRYPTION_KEYS", "the-older-one file:" + key("the old one"));

        JsonNode before = run(0, "key", "list");
        assertThat(before.at("/keys/0/current").asBoolean()).isTrue();
        assertThat(before.at("/keys/0/backups").size()).isZero();
        assertThat(before.at("/keys/2/backups").size()).isEqualTo(1);
        assertThat(run(0, "key", "rotate").get("backups").size()).isEqualTo(1);
        assertThat(run(0, "verify", "--level", "checksum").get("ok").asBoolean()).isTrue();

        JsonNode done = run(0, "key", "rotate", "--apply");
        assertThat(done.get("backups").size()).isEqualTo(1);
        assertThat(done.get("left").size()).isZero();

        variables.remove("BACKUP_DECRYPTION_KEYS");
        assertThat(run(0, "verify", "--level", "checksum", "--again").get("ok").asBoolean())
                .isTrue();
        JsonNode mended = run(0, "replicate", "--apply", "--deep");
        assertThat(mended.get("safeBackups").size()).isEqualTo(1);
        assertThat(run(0, "key", "list").get("keys").size()).isEqualTo(1);
    }

    private Path key(String passphrase) throws Exception {
        Path file = home.resolve("old.key");
        Files.writeString(file, passphrase);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
