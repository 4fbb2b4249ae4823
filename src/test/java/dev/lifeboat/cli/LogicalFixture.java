package dev.lifeboat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.host.LocalHost;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.sandbox.s3.S3Server;
import dev.lifeboat.secrets.Secret;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server with the buckets of two regions, a cluster with a shop in it, and Lifeboat's command
 * line set up for both.
 */
final class LogicalFixture implements AutoCloseable {
    static final String PASSPHRASE = "a passphrase of tests";
    private static final String ACCESS_KEY = "tester";
    private static final String SECRET_KEY = "tester-secret";
    private static final JsonMapper JSON = new JsonMapper();

    final Path folder;
    final TestCluster cluster;
    private final S3Server server;

    LogicalFixture() throws Exception {
        this(false);
    }

    /**
     * @param archiving whether the cluster archives its WAL into the primary bucket
     */
    LogicalFixture(boolean archiving) throws Exception {
        folder =
                Files.createTempDirectory(
                        Path.of("/tmp"),
                        "lbl",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        try (Secret secret = Secret.of(SECRET_KEY)) {
            server =
                    S3Server.start(
                            folder.resolve("s3"),
                            ACCESS_KEY,
                            secret,
                            List.of("primary", "dr-copy"));
        }
        cluster = TestCluster.started(archiving ? archiving() : Map.of());
        System.setProperty("aws.accessKeyId", ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", SECRET_KEY);
    }

    /** The bucket of the S3 server is a folder. */
    private Map<String, String> archiving() throws IOException {
        Path wal = folder.resolve("s3/primary/wal");
        Files.createDirectories(wal);
        Files.setPosixFilePermissions(wal, PosixFilePermissions.fromString("rwxrwxrwx"));
        return Map.of(
                "wal_level", "replica",
                "archive_mode", "on",
                "archive_command",
                        "cp %p " + wal + "/%f.tmp && mv " + wal + "/%f.tmp " + wal + "/%f");
    }

    /** A database with tables of several kinds, owned by a role of its own. */
    void makeShop(String database) throws RecoveryException {
        if (cluster.value("select count(*) from pg_roles where rolname = 'shopkeeper'")
                .equals("0")) {
            cluster.execute("create role shopkeeper login", "create role auditors");
        }
        cluster.execute("create database " + database + " owner shopkeeper");
        in(
                database,
                "create table orders (id int primary key, note text, paid boolean)",
                "create table \"Odd Name\" (id serial primary key, data bytea)",
                "create schema audit",
                "create table audit.trail (at timestamptz, what text)",
                "insert into orders select g, 'note ' || g, g % 3 = 0 from generate_series(1, 5000) g",
                "insert into \"Odd Name\" (data) select sha256(g::text::bytea)"
                        + " from generate_series(1, 300) g",
                "insert into audit.trail select '2026-01-01'::timestamptz + g * interval '1 min',"
                        + " E'line\\\\n' || g from generate_series(1, 100) g",
                "create index on orders (note)",
                "create view paid_orders as select * from orders where paid",
                "alter table orders owner to shopkeeper",
                "grant select on orders to auditors",
                "analyze");
    }

    void in(String database, String... statements) throws RecoveryException {
        try (Database session = Database.connect(cluster.spec(database), CancelToken.never())) {
            for (String statement : statements) {
                session.execute(statement);
            }
        }
    }

    String value(String database, String expression) throws RecoveryException {
        try (Database session = Database.connect(cluster.spec(database), CancelToken.never())) {
            return session.one(
                    row -> row.optionalText("value").orElse(""),
                    "select (" + expression + ")::text as value");
        }
    }

    /** Digests of all rows, table by table. */
    String content(String database) throws RecoveryException {
        var digests = new StringBuilder();
        for (String table : List.of("orders", "\"Odd Name\"", "audit.trail")) {
            digests.append(table)
                    .append(' ')
                    .append(
                            value(
                                    database,
                                    "select count(*) || ' ' || md5(string_agg(t::text, '|' order by t::text))"
                                            + " from "
                                            + table
                                            + " t"))
                    .append('\n');
        }
        return digests.toString();
    }

    List<String> databases(String like) throws RecoveryException {
        try (Database session = cluster.connect()) {
            return session.query(
                    row -> row.text("datname"),
                    "select datname from pg_database where datname like ? order by 1",
                    like);
        }
    }

    ConnectionSpec spec(String database) {
        return cluster.spec(database);
    }

    String url(String database) {
        return url(database, "postgres");
    }

    String url(String database, String user) {
        return "postgresql://"
                + user
                + "@/"
                + database
                + "?host="
                + cluster.root
                + "&port="
                + cluster.port;
    }

    /** What must be typed for a database. */
    String confirm(String database) {
        return database + "@" + cluster.root + ":" + cluster.port;
    }

    /** A run of the program for that database. */
    CliRun lifeboat(String database) {
        return lifeboatAt(url(database));
    }

    CliRun lifeboatAt(String url) {
        return new CliRun()
                .variable("BACKUP_BUCKET", "primary")
                .variable("BACKUP_SECONDARY_BUCKET", "dr-copy")
                .variable("BACKUP_ENDPOINT_URL", server.endpoint().toString())
                .variable("BACKUP_SECONDARY_ENDPOINT_URL", server.endpoint().toString())
                .variable("BACKUP_REGION", "us-east-1")
                .variable("BACKUP_SECONDARY_REGION", "eu-west-1")
                .variable("BACKUP_ENCRYPTION_KEY", PASSPHRASE)
                .variable("BACKUP_LOG_DIR", folder.resolve("logs").toString())
                .variable("LIFEBOAT_HOME", home().toString())
                .variable("DATABASE_URL", url);
    }

    Path home() {
        return folder.resolve("home");
    }

    /** Runs a line of shell with libpq's variables set for the cluster. */
    void shell(String line) throws Exception {
        var builder = new ProcessBuilder("sh", "-ec", line).directory(folder.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "PGHOST",
                                cluster.root.toString(),
                                "PGPORT",
                                Integer.toString(cluster.port),
                                "PGUSER",
                                "postgres",
                                "BACKUP_ENCRYPTION_KEY",
                                PASSPHRASE));
        var process =
                builder.redirectErrorStream(true)
                        .redirectOutput(folder.resolve("shell.log").toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(
                    line + ": " + Files.readString(folder.resolve("shell.log")));
        }
    }

    /** Puts a file with another client: the AWS SDK as it comes. */
    void put(String bucket, String key, Path file) {
        try (S3Client client =
                S3Client.builder()
                        .endpointOverride(server.endpoint())
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .httpClient(Apache5HttpClient.create())
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                        .build()) {
            client.putObject(
                    request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
        }
    }

    /** The server's cp knows nothing of ETags: each segment is put again by a client of S3. */
    void putArchivedWal() throws Exception {
        try (var files = Files.list(folder.resolve("s3/primary/wal"))) {
            for (Path segment : files.toList()) {
                String name = segment.getFileName().toString();
                put("primary", "wal/" + name, Files.copy(segment, folder.resolve(name)));
            }
        }
    }

    /** Where the S3 server keeps an object: for damage. */
    Path stored(String bucket, String name) throws IOException {
        try (var files = Files.walk(folder.resolve("s3").resolve(bucket))) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Backs a database up with Lifeboat itself, into the primary bucket. */
    String backup(String database) throws IOException {
        CliRun run = lifeboat(database);
        Outcome outcome = run.run("backup", "full", "--json");
        if (outcome.code() != 0) {
            throw new IllegalStateException(run.stderr());
        }
        return json(run.stdout()).path("id").asText();
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    /** The last line of live output. */
    static JsonNode last(String lines) throws IOException {
        return JSON.readTree(lines.strip().lines().toList().getLast());
    }

    @Override
    public void close() throws Exception {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        cluster.close();
        server.close();
        new LocalHost().files().deleteTree(folder, folder.getParent());
    }
}
