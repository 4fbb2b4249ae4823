package dev.lifeboat.backup;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.ManifestJson;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.journal.RunLog;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.sandbox.s3.S3Server;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ByteRange;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.s3.S3ObjectStore;
import dev.lifeboat.storage.s3.S3Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real S3 server with two buckets for regions, a key, and a cluster that archives there. */
final class BackupFixture implements AutoCloseable {
    static final String PASSPHRASE = "a passphrase of tests";
    static final String ACCESS_KEY = "tester";
    static final String SECRET_KEY = "tester-secret";
    private static final Secret SECRET = Secret.of(SECRET_KEY);

    final Path folder;
    final S3Server server;
    final ObjectStore primary;
    final ObjectStore dr;
    final KeyRing keys;
    final CancelToken cancel = new CancelToken();
    final List<String> lines = new ArrayList<>();

    BackupFixture() throws IOException, RecoveryException {
        folder =
                Files.createTempDirectory(
                        Path.of("/tmp"),
                        "lbb",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        server =
                S3Server.start(
                        folder.resolve("s3"), ACCESS_KEY, SECRET, List.of("primary", "dr-copy"));
        primary = store("primary");
        dr = store("dr-copy");
        try (Secret passphrase = Secret.of(PASSPHRASE)) {
            keys = new KeyRing(List.of(EncryptionKey.of(passphrase)));
        }
    }

    private ObjectStore store(String bucket) {
        return new S3ObjectStore(
                S3Settings.of(bucket)
                        .withEndpoint(server.endpoint())
                        .withRegion("us-east-1")
                        .withCredentials(new S3Settings.Credentials.Keys(ACCESS_KEY, SECRET))
                        .withPatience(Duration.ofSeconds(5)),
                Clock.systemUTC());
    }

    RegionPair regions() {
        return new RegionPair(primary, dr, RegionChoice.AUTO);
    }

    /**
     * Settings of a server that archives plainly, as the runbook's command does: the bucket of the
     * S3 server is a folder.
     */
    Map<String, String> archiving() throws IOException {
        Path wal = folder.resolve("s3/primary/wal");
        Files.createDirectories(wal);
        Files.setPosixFilePermissions(wal, PosixFilePermissions.fromString("rwxrwxrwx"));
        return Map.of(
                "wal_level", "replica",
                "archive_mode", "on",
                "archive_command",
                        "cp %p " + wal + "/%f.tmp && mv " + wal + "/%f.tmp " + wal + "/%f");
    }

    BackupSource source(TestCluster cluster) throws RecoveryException {
        var host = new LocalHost();
        return new BackupSource(host, PgPrograms.find(host, Map.of()), cluster.spec());
    }

    BackupTarget target() {
        return new BackupTarget(regions(), regions(), keys, "", false);
    }

    BackupRun run() {
        var log = RunLog.open(List.of(folder.resolve("logs")), "backup", Clock.systemUTC());
        log.onLine(lines::add);
        return new BackupRun(
                Clock.systemUTC(), folder.resolve("home"), log, new Progress(), cancel, "test");
    }

    static BaseOptions options() {
        return new BaseOptions(1 << 20, 2, Duration.ofSeconds(20));
    }

    List<String> keysOf(ObjectStore store) throws RecoveryException {
        var keys = new ArrayList<String>();
        store.list(
                "",
                "",
                (ObjectInfo object) -> {
                    keys.add(object.key());
                    return true;
                },
                CancelToken.never());
        return keys;
    }

    byte[] bytes(String key) throws RecoveryException, IOException {
        try (var in = primary.get(key, ByteRange.whole(), null)) {
            return in.readAllBytes();
        }
    }

    Manifest manifest(BackupResult result) throws RecoveryException, IOException {
        return ManifestJson.read(bytes(result.key()), result.key()).verify(keys);
    }

    @Override
    public void close() throws RecoveryException {
        primary.close();
        dr.close();
        server.close();
        keys.close();
        new LocalHost().files().deleteTree(folder, folder.getParent());
    }
}
