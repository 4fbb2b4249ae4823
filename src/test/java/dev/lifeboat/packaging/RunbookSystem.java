package dev.lifeboat.packaging;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.sandbox.s3.S3Server;
import dev.lifeboat.secrets.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The user's system in small: two buckets, a database with the runbook's tables that archives, and
 * the runbook's variables.
 */
final class RunbookSystem implements AutoCloseable {
    static final String KEY = "a-key-of-the-runbook";
    static final Path SCRIPTS = Path.of("packaging/scripts").toAbsolutePath();
    static final Path LAUNCHER = Path.of("packaging/bin/lifeboat").toAbsolutePath();

    final Path folder;
    final S3Server s3;
    final TestCluster database;
    final Map<String, String> environment = new LinkedHashMap<>();

    RunbookSystem() throws IOException, RecoveryException {
        folder =
                Files.createTempDirectory(
                        Path.of("/tmp"),
                        "lbr",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        try (Secret secret = Secret.of("tester-secret")) {
            s3 = S3Server.start(folder.resolve("s3"), "tester", secret, List.of("prod", "dr-copy"));
        }
        database = TestCluster.create("--data-checksums");
        variables();
        startDatabase();
        database.execute(
                "CREATE TABLE scenarios (id int primary key, name text)",
                "CREATE TABLE scenario_logs (id int, created_at timestamptz default now())",
                "INSERT INTO scenarios SELECT g, 'scenario ' || g FROM generate_series(1, 500) g",
                "INSERT INTO scenario_logs SELECT g FROM generate_series(1, 500) g");
    }

    private void startDatabase() throws IOException, RecoveryException {
        Path serverHome = folder.resolve("server");
        Files.createDirectory(serverHome);
        database.host.files().chown(serverHome, database.user);
        Map<String, String> archiver = new LinkedHashMap<>(environment);
        archiver.put("LIFEBOAT_HOME", serverHome.toString());
        archiver.put("HOME", serverHome.toString());
        archiver.put("PATH", System.getenv("PATH"));
        database.environment(archiver)
                .set(
                        Map.of(
                                "wal_level", "replica",
                                "archive_mode", "on",
                                "archive_timeout", "60",
                                "archive_command", LAUNCHER + " wal push %p"))
                .start();
    }

    private void variables() {
        environment.put("DATABASE_URL", url("postgres"));
        environment.put("BACKUP_BUCKET", "prod");
        environment.put("BACKUP_ENCRYPTION_KEY", KEY);
        environment.put("BACKUP_REGION", "us-east-1");
        environment.put("BACKUP_SECONDARY_REGION", "eu-west-1");
        environment.put("BACKUP_SECONDARY_BUCKET", "dr-copy");
        environment.put("BACKUP_RETENTION_DAYS", "30");
        environment.put("BACKUP_ENDPOINT_URL", s3.endpoint().toString());
        environment.put("AWS_ACCESS_KEY_ID", "tester");
        environment.put("AWS_SECRET_ACCESS_KEY", "tester-secret");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("LIFEBOAT_HOME", folder.resolve("home").toString());
        environment.put("LIFEBOAT_PG_BIN", database.programs.bin().toString());
        environment.put("LIFEBOAT_ENVIRONMENT", folder.resolve("none").toString());
    }

    /** A libpq URI through the server's socket. */
    String url(String name) {
        return "postgresql://postgres@/"
                + name
                + "?host="
                + database.root
                + "&port="
                + database.port;
    }

    Path bucket(String name) {
        return folder.resolve("s3").resolve(name);
    }

    /** A script of the runbook, with its variables, in a directory of its own. */
    Launch script(String name) {
        return launch(SCRIPTS.resolve(name));
    }

    Launch lifeboat() {
        return launch(LAUNCHER);
    }

    /** A line of shell, as somebody types it from the runbook. */
    Launch shell() {
        return launch(Path.of("/bin/sh"));
    }

    /** What replication by S3 itself would do. */
    void replicate() throws IOException, InterruptedException {
        Launch.Result copied =
                shell().run(
                                "-c",
                                "cp -a --preserve=xattr "
                                        + bucket("prod")
                                        + "/. "
                                        + bucket("dr-copy")
                                        + "/");
        if (copied.status() != 0) {
            throw new IOException(copied.stderr());
        }
    }

    private Launch launch(Path program) {
        var launch = new Launch(program, folder);
        environment.forEach(launch::variable);
        return launch.variable("PATH", database.programs.bin() + ":" + System.getenv("PATH"));
    }

    @Override
    public void close() throws IOException, InterruptedException, RecoveryException {
        try (s3) {
            shell().run(
                            "-c",
                            "for file in \"$LIFEBOAT_HOME\"/restores/*/data/postmaster.pid; do"
                                    + " [ ! -e \"$file\" ] || kill -INT $(head -1 \"$file\");"
                                    + " done");
            database.close();
        }
    }
}
