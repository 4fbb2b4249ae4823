package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.ManifestJson;
import dev.lifeboat.catalog.RealBackups;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.sandbox.s3.S3Server;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.s3.S3ObjectStore;
import dev.lifeboat.storage.s3.S3Settings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Cleanup, rotation and repair as processes that are killed at random points of their work: after
 * each kill whatever has a manifest is whole, nothing that stays is touched, and the next run ends
 * the work.
 */
class UpkeepKilledIT {
    private static final int KILLS = 3;
    private static final int LATEST_KILL = 12;
    private static final Secret SECRET = Secret.of("sandbox-secret-key");
    private static final KeyRing BOTH_KEYS =
            new KeyRing(
                    List.of(
                            EncryptionKey.of(Secret.of("correct horse")),
                            EncryptionKey.of(Secret.of("the old one"))));

    @TempDir private Path folder;
    private final Random random = new Random();
    private final Map<String, String> variables = new HashMap<>();
    private S3Server first;
    private S3Server second;
    private ObjectStore primary;
    private ObjectStore dr;
    private TestBuckets buckets;

    @BeforeEach
    void start() throws Exception {
        first = S3Server.start(folder.resolve("1"), "sandbox", SECRET, List.of("one"));
        second = S3Server.start(folder.resolve("2"), "sandbox", SECRET, List.of("two"));
        primary = store(first, "one");
        dr = store(second, "two");
        buckets = new TestBuckets(primary, dr);
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox-secret-key");
    }

    @AfterEach
    void end() throws Exception {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        primary.close();
        dr.close();
        first.close();
        second.close();
    }

    private static ObjectStore store(S3Server server, String bucket) {
        return new S3ObjectStore(
                S3Settings.of(bucket)
                        .withRegion("us-east-1")
                        .withEndpoint(server.endpoint())
                        .withCredentials(new S3Settings.Credentials.Keys("sandbox", SECRET)),
                Clock.systemUTC());
    }

    private CliRun command() {
        CliRun run =
                new CliRun()
                        .clock(Clock.systemUTC())
                        .variable("BACKUP_BUCKET", "one")
                        .variable("BACKUP_ENDPOINT_URL", first.endpoint().toString())
                        .variable("BACKUP_SECONDARY_BUCKET", "two")
                        .variable("BACKUP_SECONDARY_ENDPOINT_URL", second.endpoint().toString())
                        .variable("BACKUP_ENCRYPTION_KEY", "correct horse")
                        .variable("BACKUP_REGION", "us-east-1")
                        .variable("LIFEBOAT_HOME", folder.resolve("home").toString());
        variables.forEach(run::variable);
        return run;
    }

    private JsonNode run(int status, String... arguments) throws Exception {
        CliRun run = command();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Outcome outcome = run.run(all.toArray(String[]::new));
        assertThat(outcome.code()).as(run.stdout() + run.stderr()).isEqualTo(status);
        return new ObjectMapper().readTree(run.stdout());
    }

    private static String daysAgo(int days) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return now.minus(Duration.ofDays(days)).toString();
    }

    @Test
    void aKilledCleanupLeavesNoBackupThatLooksWholeAndIsNot() throws Exception {
        for (int day = 0; day < 18; day++) {
            buckets.full(Instant.parse("2010-01-04T02:00:00Z").plus(Duration.ofDays(day)) + "");
        }
        Set<String> stay = Set.of(buckets.full(daysAgo(1)), buckets.full(daysAgo(2)));

        for (int kill = 0; kill < KILLS; kill++) {
            killed("cleanup", "--apply");
            for (ObjectStore store : List.of(primary, dr)) {
                assertThat(whole(store)).containsAll(stay);
            }
        }

        run(0, "cleanup", "--apply");
        for (ObjectStore store : List.of(primary, dr)) {
            assertThat(whole(store)).isEqualTo(stay);
            assertThat(keys(store)).filteredOn(key -> key.startsWith("backups/")).hasSize(6);
        }
    }

    @Test
    void aKilledRotationLeavesEveryBackupWholeUnderOneKeyOrTheOther() throws Exception {
        Set<String> all = new HashSet<>();
        var backups = new RealBackups(buckets, TestBuckets.ring("the old one"));
        for (int day = 1; day <= 8; day++) {
            backups.full(daysAgo(day), "PGDMP content of day " + day);
        }
        all.addAll(whole(primary));
        assertThat(all).hasSize(8);
        Path old = folder.resolve("old.key");
        Files.writeString(old, "the old one");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-------"));
        variables.put("BACKUP_DECRYPTION_KEYS", "file:" + old);

        for (int kill = 0; kill < KILLS; kill++) {
            killed("key", "rotate", "--apply");
            assertThat(whole(primary)).isEqualTo(all);
            assertThat(whole(dr)).isEqualTo(all);
        }

        assertThat(run(0, "key", "rotate", "--apply").get("left").size()).isZero();
        variables.clear();
        assertThat(run(0, "replicate", "--check", "--deep").get("safeBackups").size()).isEqualTo(8);
        assertThat(run(0, "key", "list").get("keys").size()).isEqualTo(1);
        for (ObjectStore store : List.of(primary, dr)) {
            assertThat(whole(store)).isEqualTo(all);
            assertThat(keys(store)).filteredOn(key -> key.startsWith("backups/")).hasSize(24);
        }
    }

    @Test
    void aKilledRepairPutsNoManifestBeforeItsObjectsAndSpreadsNoDamage() throws Exception {
        Set<String> all = new HashSet<>();
        for (int day = 1; day <= 14; day++) {
            all.add(buckets.full(daysAgo(day)));
        }
        List<String> damaged =
                keys(primary).stream().filter(key -> key.endsWith(".dump.enc")).limit(4).toList();
        Map<String, byte[]> good = new HashMap<>();
        for (String key : keys(dr)) {
            if (damaged.contains(key)) {
                good.put(key, TestBuckets.get(dr, key));
                TestBuckets.put(primary, key, new byte[] {1, 2, 3});
            } else {
                dr.delete(key);
            }
        }
        Set<String> wholeInPrimary = new TreeSet<>(all);
        wholeInPrimary.removeIf(id -> damaged.stream().anyMatch(key -> key.contains(id)));

        for (int kill = 0; kill < KILLS; kill++) {
            killed("replicate", "--apply");
            whole(dr);
            for (Map.Entry<String, byte[]> each : good.entrySet()) {
                assertThat(TestBuckets.get(dr, each.getKey())).isEqualTo(each.getValue());
            }
            assertThat(read(primary, true)).containsAll(wholeInPrimary);
        }

        assertThat(run(0, "replicate", "--apply").at("/applied/unmended").size()).isZero();
        assertThat(whole(primary)).isEqualTo(all);
        assertThat(whole(dr)).isEqualTo(all);
        assertThat(run(0, "replicate", "--check", "--deep").get("safeBackups").size())
                .isEqualTo(14);
    }

    private static List<String> keys(ObjectStore store) throws Exception {
        List<String> keys = new ArrayList<>();
        store.list("", "", object -> keys.add(object.key()), CancelToken.never());
        return keys;
    }

    /** The backups whose manifest lies in the region; each object that one names must be there. */
    private static Set<String> whole(ObjectStore store) throws Exception {
        return read(store, false);
    }

    private static Set<String> read(ObjectStore store, boolean damageIsKnown) throws Exception {
        Set<String> ids = new HashSet<>();
        List<String> there = keys(store);
        for (String key : there) {
            if (!key.endsWith("manifest.json")) {
                continue;
            }
            Manifest manifest =
                    ManifestJson.read(TestBuckets.get(store, key), key).verify(BOTH_KEYS);
            boolean whole = true;
            for (Manifest.StoredObject object : manifest.objects()) {
                boolean good =
                        there.contains(object.key())
                                && Sha256.of(TestBuckets.get(store, object.key()))
                                        .sha256()
                                        .equals(object.storedSha256());
                whole &= good;
                assertThat(good || damageIsKnown)
                        .as(store.name() + ": " + key + " names " + object.key())
                        .isTrue();
            }
            if (whole) {
                ids.add(manifest.id());
            }
        }
        return ids;
    }

    /**
     * Runs the command line as a process and kills it once it changed a random number of objects;
     * its leases end as if their time had passed.
     */
    private void killed(String... arguments) throws Exception {
        Set<String> before = objects();
        int changes = 1 + random.nextInt(LATEST_KILL);
        Path errors = folder.resolve("child.log");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CliChild.class.getName(),
                                childVariables().toString()));
        command.addAll(List.of(arguments));
        Process child =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(errors.toFile())
                        .start();
        try {
            int seen = 0;
            while (seen < changes && !child.waitFor(Duration.ofMillis(2))) {
                seen = changes(before, objects());
            }
            assertThat(child.isAlive())
                    .as("alive after %d of %d changes: %s", seen, changes, Files.readString(errors))
                    .isTrue();
        } finally {
            child.destroyForcibly().waitFor();
        }
        for (ObjectStore store : List.of(primary, dr)) {
            for (String key : keys(store)) {
                if (key.startsWith("leases/")) {
                    store.delete(key);
                }
            }
        }
    }

    private static int changes(Set<String> before, Set<String> now) {
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(now);
        Set<String> come = new HashSet<>(now);
        come.removeAll(before);
        return gone.size() + come.size();
    }

    /** The backups' objects as they lie on the servers' disks. */
    private Set<String> objects() throws IOException {
        Set<String> files = new HashSet<>();
        for (Path bucket : List.of(folder.resolve("1/one"), folder.resolve("2/two"))) {
            try (Stream<Path> all = Files.walk(bucket.resolve("backups"))) {
                all.filter(file -> file.toString().contains("_full_"))
                        .forEach(file -> files.add(file.toString()));
            } catch (NoSuchFileException | UncheckedIOException _) {
                return objects(); // a file went while it was looked at
            }
        }
        return files;
    }

    private Path childVariables() throws IOException {
        var properties = new Properties();
        properties.putAll(command().surroundings().environment());
        properties.setProperty("aws.accessKeyId", "sandbox");
        properties.setProperty("aws.secretAccessKey", "sandbox-secret-key");
        properties.setProperty(CliChild.SYSTEM_CLOCK, "true");
        Path file = folder.resolve("variables.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file;
    }
}
