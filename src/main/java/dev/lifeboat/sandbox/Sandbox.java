package dev.lifeboat.sandbox;

import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.host.ServerUser;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.sandbox.s3.S3Server;
import dev.lifeboat.secrets.Secret;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.s3.S3ObjectStore;
import dev.lifeboat.storage.s3.S3Settings;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A running sandbox. Several may run at once; closing one ends its servers and deletes its folder,
 * unless it is to be kept. For one thread.
 */
public final class Sandbox implements AutoCloseable {
    private final Host host;
    private final SandboxFolder folder;
    private final boolean keep;
    private final Clock clock;
    private final CancelToken cancel;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private SandboxVariables variables;
    private S3Server primary;
    private SandboxServer server;
    private TrafficRecord record;
    private Traffic traffic;
    private Replicator replicator;

    private Sandbox(
            Host host, SandboxFolder folder, boolean keep, Clock clock, CancelToken cancel) {
        this.host = host;
        this.folder = folder;
        this.keep = keep;
        this.clock = clock;
        this.cancel = cancel;
    }

    /**
     * Starts both regions, the server and its traffic.
     *
     * @param launcher the program that the server's {@code archive_command} runs
     * @param environment this program's variables
     * @param keep leave the folder when the sandbox is closed
     * @throws RecoveryException ENVIRONMENT_FAILED, PROGRAM_MISSING and what starting a server
     *     meets
     */
    public static Sandbox start(
            Host host,
            Path launcher,
            Map<String, String> environment,
            boolean keep,
            Clock clock,
            CancelToken cancel)
            throws RecoveryException {
        OsUser user = ServerUser.choose(host, environment);
        ServerUser.requireReach(host, user, launcher.getParent());
        var sandbox = new Sandbox(host, SandboxFolder.create(host, user), keep, clock, cancel);
        try {
            sandbox.start(launcher, environment);
            return sandbox;
        } catch (RecoveryException failed) {
            sandbox.close();
            throw failed;
        }
    }

    /** The folder everything lies in. */
    public Path folder() {
        return folder.root();
    }

    /** The variables an operator's commands need. */
    public Map<String, String> variables() {
        return variables.operator();
    }

    Traffic traffic() {
        return traffic;
    }

    SandboxServer server() {
        return server;
    }

    Path record() {
        return folder.traffic().resolve("commits.jsonl");
    }

    /** Copies everything to DR and returns when it is there. */
    void replicateNow() throws RecoveryException {
        replicator.copyAll(cancel);
    }

    /** The primary region cannot be reached any more. */
    void losePrimaryRegion() throws RecoveryException {
        primary.goDark();
    }

    /** It can be reached again, under the same address and with the same objects. */
    void findPrimaryRegion() throws RecoveryException {
        primary.comeBack();
    }

    /** Ends the server and takes its data directory away. */
    void loseServer() throws RecoveryException {
        server.lose();
        traffic.close();
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            end(running.pop());
        }
        end(new Archivers(host, folder)::end);
        if (!keep) {
            end(() -> host.files().deleteTree(folder.root(), folder.root().getParent()));
        }
    }

    private void start(Path launcher, Map<String, String> environment) throws RecoveryException {
        var random = new SecureRandom();
        String accessKey = "SANDBOX" + hex(random, 6).toUpperCase(java.util.Locale.ROOT);
        String secretKey = hex(random, 20);
        writeKeys(random);
        try (Secret secret = Secret.of(secretKey)) {
            primary =
                    region(
                            "us-east-1",
                            accessKey,
                            secret,
                            SandboxVariables.BUCKET,
                            SandboxVariables.WAL_BUCKET);
            S3Server dr =
                    region(
                            "eu-west-1",
                            accessKey,
                            secret,
                            SandboxVariables.DR_BUCKET,
                            SandboxVariables.DR_WAL_BUCKET);
            variables =
                    new SandboxVariables(
                            folder,
                            primary.endpoint(),
                            dr.endpoint(),
                            accessKey,
                            secretKey,
                            host.ports().findFree(),
                            inherited(environment));
            variables.writeForShell();
            replicator =
                    new Replicator(
                            List.of(
                                    pair(
                                            primary,
                                            dr,
                                            SandboxVariables.BUCKET,
                                            SandboxVariables.DR_BUCKET,
                                            accessKey,
                                            secret),
                                    pair(
                                            primary,
                                            dr,
                                            SandboxVariables.WAL_BUCKET,
                                            SandboxVariables.DR_WAL_BUCKET,
                                            accessKey,
                                            secret)));
            running.push(replicator);
            replicator.start();
        }
        var programs =
                PgPrograms.find(host, environment).newest(PgProgram.POSTGRES, PgProgram.INITDB);
        server =
                SandboxServer.create(
                        host,
                        programs,
                        folder,
                        variables,
                        "'" + launcher + "' wal push '%p'",
                        cancel);
        running.push(server);
        record = new TrafficRecord(record(), clock);
        running.push(record);
        traffic = Traffic.start(server, record);
        running.push(traffic);
    }

    private S3Server region(String name, String accessKey, Secret secret, String... buckets)
            throws RecoveryException {
        S3Server started = S3Server.start(folder.region(name), accessKey, secret, List.of(buckets));
        running.push(started);
        return started;
    }

    private Replicator.Pair pair(
            S3Server from,
            S3Server to,
            String bucket,
            String copy,
            String accessKey,
            Secret secret) {
        return new Replicator.Pair(
                store(from, bucket, accessKey, secret), store(to, copy, accessKey, secret));
    }

    private ObjectStore store(S3Server at, String bucket, String accessKey, Secret secret) {
        return new S3ObjectStore(
                S3Settings.of(bucket)
                        .withEndpoint(at.endpoint())
                        .withCredentials(new S3Settings.Credentials.Keys(accessKey, secret.copy())),
                clock);
    }

    /**
     * One key, once for the operator and once for the server's user: neither may read the other's
     * files.
     */
    private void writeKeys(SecureRandom random) throws RecoveryException {
        try (Secret passphrase = EncryptionKey.generatePassphrase(random)) {
            byte[] text = passphrase.copyUtf8();
            host.files().writeDurably(folder.key(), text, host.currentUser());
            host.files().writeDurably(folder.serverKey(), text, folder.serverUser());
            java.util.Arrays.fill(text, (byte) 0);
        }
    }

    private static Map<String, String> inherited(Map<String, String> environment) {
        var kept = new TreeMap<String, String>();
        for (String name : List.of("JAVA_HOME", "LIFEBOAT_PG_BIN")) {
            if (environment.containsKey(name)) {
                kept.put(name, environment.get(name));
            }
        }
        return kept;
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    @SuppressWarnings("PMD")
    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception unwilling) {
            org.slf4j.LoggerFactory.getLogger(Sandbox.class)
                    .warn("a part of the sandbox did not end", unwilling);
        }
    }
}
