package dev.lifeboat.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.postgres.TestCluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A shell in a folder of its own, as somebody without Lifeboat has it: aws (with the endpoint of
 * the test's server), openssl, zstd, tar and PostgreSQL's programs.
 */
final class ShellOf {
    private final TestCluster cluster;
    private final Path folder;

    ShellOf(BackupFixture in, TestCluster cluster) throws IOException {
        this.cluster = cluster;
        this.folder = Files.createTempDirectory(in.folder, "by-hand");
        Path aws = folder.resolve("bin/aws");
        Files.createDirectories(aws.getParent());
        Files.writeString(
                aws,
                "#!/bin/sh\nPATH="
                        + System.getenv("PATH")
                        + "\nexec aws --endpoint-url "
                        + in.server.endpoint()
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs the commands up to, and without, the first that names this. */
    void runUntil(List<String> commands, String end) throws IOException, InterruptedException {
        for (String command : commands) {
            if (command.contains(end)) {
                return;
            }
            run(command);
        }
    }

    String run(String command) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder("/bin/bash", "-o", "pipefail", "-ec", command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        var environment = builder.environment();
        environment.put(
                "PATH", folder.resolve("bin") + ":" + cluster.programs.bin() + ":/usr/bin:/bin");
        environment.put("BACKUP_ENCRYPTION_KEY", BackupFixture.PASSPHRASE);
        environment.put("AWS_ACCESS_KEY_ID", BackupFixture.ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", BackupFixture.SECRET_KEY);
        environment.put("AWS_DEFAULT_REGION", "us-east-1");
        environment.put("PGHOST", cluster.root.toString());
        environment.put("PGPORT", Integer.toString(cluster.port));
        environment.put("PGUSER", "postgres");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
        return output;
    }

    /** What pg_verifybackup says of every file of an unpacked base. */
    String verified(String directory) throws IOException, InterruptedException {
        return run("pg_verifybackup --no-parse-wal " + directory);
    }

    /** The data directory unpacked by the manifest's commands. */
    Path unpacked(Manifest manifest) throws IOException, InterruptedException {
        runUntil(manifest.restoreByHand(), "recovery.signal");
        return folder.resolve("data");
    }
}
