package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.lifeboat.postgres.TestCluster;
import dev.lifeboat.sandbox.s3.S3Server;
import dev.lifeboat.secrets.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Configuration backups by command, of a real cluster. */
class ConfigCommandsIT {
    @TempDir private Path folder;
    private S3Server s3;
    private TestCluster cluster;
    private int runs;

    @BeforeEach
    void start() throws Exception {
        s3 =
                S3Server.start(
                        folder.resolve("s3"),
                        "sandbox",
                        Secret.of("sandbox-secret-key"),
                        List.of("one"));
        System.setProperty("aws.accessKeyId", "sandbox");
        System.setProperty("aws.secretAccessKey", "sandbox-secret-key");
        cluster = TestCluster.create();
        Files.createDirectory(cluster.dataDirectory.resolve("conf.d"));
        append("conf.d/10-memory.conf", "work_mem = '5MB'\n");
        append("conf.d/notes.txt", "no configuration\n");
        cluster.host.files().chownTree(cluster.dataDirectory, cluster.user);
        cluster.start();
        append("postgresql.conf", "include_dir 'conf.d'\ninclude_if_exists 'nowhere.conf'\n");
    }

    @AfterEach
    void end() throws Exception {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        cluster.close();
        s3.close();
    }

    private void append(String file, String text) throws Exception {
        Files.writeString(
                cluster.dataDirectory.resolve(file),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Each run is a minute later, so that ids differ. */
    private CliRun command() {
        return new CliRun()
                .clock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(runs++)))
                .variable("BACKUP_BUCKET", "one")
                .variable("BACKUP_ENDPOINT_URL", s3.endpoint().toString())
                .variable("BACKUP_ENCRYPTION_KEY", "correct horse")
                .variable("BACKUP_REGION", "us-east-1")
                .variable("BACKUP_LOG_DIR", folder.resolve("logs").toString())
                .variable("BACKUP_CONFIG_GIT", folder.resolve("git").toString())
                .variable("LIFEBOAT_HOME", folder.resolve("home").toString())
                .variable("DATABASE_URL", cluster.spec().uri());
    }

    private JsonNode run(int status, String... arguments) throws Exception {
        CliRun run = command();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        assertThat(run.run(all.toArray(String[]::new)).code())
                .as(run.stdout() + run.stderr())
                .isEqualTo(status);
        return new ObjectMapper().readTree(run.stdout());
    }

    private String git(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("git", "-C", folder.resolve("git").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whatWasIncludedIsBackedUpComparedAndBroughtBack() throws Exception {
        JsonNode first = run(0, "backup", "config");
        assertThat(first.get("kind").asText()).isEqualTo("config");
        assertThat(first.get("warnings").size()).isZero();
        String hba = Files.readString(cluster.dataDirectory.resolve("pg_hba.conf"));

        append("conf.d/10-memory.conf", "maintenance_work_mem = '70MB'\n");
        append("pg_hba.conf", "host all all 10.0.0.0/8 reject\n");
        cluster.execute("ALTER SYSTEM SET primary_conninfo = 'host=a password=hunter2 user=b'");
        JsonNode second = run(0, "backup", "config");

        JsonNode diff = run(0, "config", "diff", first.get("id").asText(), "latest");
        assertThat(diff.get("files"))
                .extracting(file -> Path.of(file.get("path").asText()).getFileName().toString())
                .containsExactly("10-memory.conf", "pg_hba.conf", "postgresql.auto.conf");
        assertThat(diff.at("/files/0/lines").toString()).contains("+maintenance_work_mem");
        assertThat(diff.toString()).doesNotContain("notes.txt");
        assertThat(
                        run(0, "config", "diff", second.get("id").asText(), "latest")
                                .get("files")
                                .size())
                .isZero();

        Path copy = folder.resolve("pg_hba.conf");
        String old = first.get("id").asText();
        run(0, "config", "restore", old, "pg_hba.conf", "--to", copy.toString());
        assertThat(copy).hasContent(hba);

        Path live = cluster.dataDirectory.resolve("pg_hba.conf");
        run(5, "config", "restore", old, "pg_hba.conf");
        assertThat(live).content().contains("10.0.0.0/8");
        JsonNode restored =
                run(0, "config", "restore", old, "pg_hba.conf", "--confirm", live.toString());
        assertThat(live).hasContent(hba);
        assertThat(Path.of(restored.get("renamedTo").asText())).content().contains("10.0.0.0/8");

        assertThat(git("log", "--oneline").lines()).hasSize(2);
        assertThat(git("log", "-p")).contains("maintenance_work_mem").doesNotContain("hunter2");
        assertThat(run(0, "catalog", "--kind", "config").get("backups").size()).isEqualTo(2);
        assertThat(run(0, "verify", old, "--level", "checksum").get("ok").asBoolean()).isTrue();
    }
}
