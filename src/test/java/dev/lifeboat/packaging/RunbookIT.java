package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the runbook says to type, typed, in the order a team would come to it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunbookIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static RunbookSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = new RunbookSystem();
    }

    @AfterAll
    static void stop() throws Exception {
        system.close();
    }

    @Test
    @Order(1)
    void anEmptyBucketIsAnAlarm() throws Exception {
        Launch.Result health = system.lifeboat().run("health", "--json");

        assertThat(health.status()).as(health.stderr()).isEqualTo(3);
        assertThat(JSON.readTree(health.stdout()).get("findings").findValuesAsText("says"))
                .contains("There is no usable backup at all.");
    }

    @Test
    @Order(2)
    void aBackupThatFailsIsCountedByAnotherHost() throws Exception {
        Launch.Result failed =
                system.script("backup.sh")
                        .variable("DATABASE_URL", "postgresql://x@127.0.0.1:1/x")
                        .run("full");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.stderr()).contains("127.0.0.1:1");

        Launch.Result health =
                system.lifeboat()
                        .variable("LIFEBOAT_HOME", system.folder.resolve("other").toString())
                        .run("health", "--json");

        JsonNode full = JSON.readTree(health.stdout()).at("/figures/backups/full");
        assertThat(full.get("failures").asInt()).isEqualTo(1);
        assertThat(full.get("count").asInt()).isZero();
    }

    @Test
    @Order(3)
    void theSchedulesTakeTheirBackups() throws Exception {
        for (String what : List.of("full", "base", "wal")) {
            Launch.Result result = system.script("backup.sh").run(what);
            assertThat(result.status()).as(what + ": " + result.stderr()).isZero();
        }
        system.replicate();
    }

    @Test
    @Order(4)
    void theLogStandsWhereTheRunbookLooks() throws Exception {
        try (Stream<Path> logs = Files.list(system.folder.resolve("storage/logs"))) {
            assertThat(logs.map(log -> log.getFileName().toString()))
                    .anyMatch(name -> name.matches("backup_\\d{8}_\\d{6}\\.log"));
        }
    }

    @Test
    @Order(5)
    void theBackupHistoryQueryAnswers() throws Exception {
        Launch.Result rows =
                psql(
                        "SELECT backup_type, created_at, status, EXTRACT(EPOCH FROM (NOW() -"
                                + " created_at))/3600 as hours_since_backup FROM backup_history ORDER"
                                + " BY created_at DESC LIMIT 10;");

        assertThat(rows.stdout()).contains("base|", "full|", "|completed|");
    }

    @Test
    @Order(6)
    void verifyOnlyProvesTheNewestFull() throws Exception {
        Launch.Result verified = system.script("restore.sh").run("--verify-only");

        assertThat(verified.status()).as(verified.stderr()).isZero();
        assertThat(verified.stdout()).contains("_full_");
    }

    @Test
    @Order(7)
    void opensslAloneDecryptsIt() throws Exception {
        Launch.Result decrypted =
                system.shell()
                        .run(
                                "-c",
                                "openssl enc -aes-256-cbc -d -pbkdf2 -in "
                                        + dump()
                                        + " -pass pass:\"$BACKUP_ENCRYPTION_KEY\" | pg_restore -l");

        assertThat(decrypted.stdout()).contains("TABLE DATA public scenarios");
    }

    @Test
    @Order(8)
    void theHealthCheckAnswersCurl() throws Exception {
        Process monitor = system.lifeboat().start("monitor", "--listen", "127.0.0.1:18000");
        try {
            Launch.Result curl =
                    system.shell()
                            .run(
                                    "-c",
                                    "curl -sf --retry 60 --retry-delay 1 --retry-connrefused"
                                            + " http://localhost:18000/health/backup || echo Backup"
                                            + " check failed");
            assertThat(curl.stdout()).contains("\"status\":\"ok\"");
            Launch.Result metrics =
                    system.shell().run("-c", "curl -sf http://localhost:18000/metrics");
            assertThat(metrics.stdout())
                    .contains("\nbackup_failures_total 1\n")
                    .containsPattern("\nbackup_last_success_timestamp [1-9]\\d{9}\n")
                    .containsPattern("lifeboat_rpo_seconds\\{region=\"dr\"} \\d+\n");
        } finally {
            monitor.destroy();
        }
        assertThat(monitor.waitFor()).isZero();
    }

    @Test
    @Order(9)
    void healthSaysWhatIsMissingAndOnceTellsTheSame() throws Exception {
        Launch.Result health = system.lifeboat().run("health");
        assertThat(health.status()).as(health.stdout()).isZero();
        assertThat(health.stdout())
                .contains("No backup was ever proven by a restore.")
                .contains("The key opens the newest base backup.")
                .contains("The database archives:");

        Launch.Result once = system.lifeboat().run("monitor", "--once", "--json");
        assertThat(once.status()).isZero();
        assertThat(JSON.readTree(once.stdout()).get("status").asText()).isEqualTo("ok");
    }

    @Test
    @Order(10)
    void theRunbooksOwnQueriesAnswer() throws Exception {
        assertThat(psql("SELECT archived_count, failed_count FROM pg_stat_archiver;").stdout())
                .containsPattern("\\d+\\|0");
        assertThat(psql("SELECT COUNT(*) FROM scenarios;").stdout()).contains("500");
        assertThat(psql("SELECT MAX(created_at) FROM scenario_logs;").status()).isZero();
        assertThat(
                        psql("SELECT EXTRACT(EPOCH FROM (now() -"
                                        + " pg_last_xact_replay_timestamp())) AS lag_seconds;")
                                .status())
                .isZero();
    }

    @Test
    @Order(11)
    void restoreLatestNeedsTheNameOfADatabaseThatHoldsTables() throws Exception {
        Launch.Result refused = system.script("restore.sh").run("latest", "--json");
        assertThat(refused.status()).isEqualTo(5);
        assertThat(refused.stdout()).contains("CONFIRMATION_NEEDED");

        Launch.Result restored =
                system.script("restore.sh")
                        .variable("DATABASE_URL", system.url("restored"))
                        .run("latest");
        assertThat(restored.status()).as(restored.stderr()).isZero();
        assertThat(
                        system.shell()
                                .run(
                                        "-c",
                                        "psql -XAt '"
                                                + system.url("restored")
                                                + "' -c 'SELECT count(*) FROM scenarios'")
                                .stdout())
                .contains("500");
        try (Stream<Path> logs = Files.list(system.folder.resolve("storage/logs"))) {
            Path log =
                    logs.filter(file -> file.getFileName().toString().startsWith("restore_"))
                            .findFirst()
                            .orElseThrow();
            assertThat(log.getFileName().toString()).matches("restore_\\d{8}_\\d{6}\\.log");
            assertThat(log).content().contains("stage-ended", "  is restored\n");
        }
    }

    @Test
    @Order(12)
    void restoreTakesAFileAndAnAddress() throws Exception {
        for (String backup :
                List.of(
                        dump().toString(),
                        "s3://prod/" + system.bucket("prod").relativize(dump()))) {
            Launch.Result plan =
                    system.script("restore.sh")
                            .variable("DATABASE_URL", system.url("elsewhere"))
                            .run(backup, "--plan");
            assertThat(plan.status()).as(plan.stderr()).isZero();
        }
    }

    @Test
    @Order(13)
    void doctorTellsCredentialsListingAndRightsApart() throws Exception {
        Launch.Result doctor = system.lifeboat().run("doctor");
        assertThat(doctor.stdout())
                .contains("ok       backups primary list: s3://prod")
                .contains("ok       backups primary read: s3://prod")
                .contains("ok       backups primary write: s3://prod")
                .contains("ok       backups dr write: s3://dr-copy")
                .containsPattern("ok       key: fingerprint \\S+, from BACKUP_ENCRYPTION_KEY")
                .containsPattern(
                        "key and the newest base in dr: opened \\S+, the primary not asked")
                .contains("ok       logs: " + system.folder.resolve("storage/logs"))
                .contains("ok       sessions:", "ok       server log:");

        Launch.Result refused =
                system.lifeboat().variable("AWS_ACCESS_KEY_ID", "nobody").run("doctor");
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.stdout()).contains("aws sts get-caller-identity");
    }

    @Test
    @Order(14)
    void doctorSaysThatTheKeyIsAnother() throws Exception {
        Launch.Result doctor =
                system.lifeboat().variable("BACKUP_ENCRYPTION_KEY", "another").run("doctor");

        assertThat(doctor.status()).as(doctor.stdout()).isEqualTo(3);
        assertThat(doctor.stdout()).contains("lifeboat key fingerprint");
    }

    @Test
    @Order(20)
    void aRegionThatIsGoneIs503AndItsReason() throws Exception {
        system.environment.put("BACKUP_SECONDARY_ENDPOINT_URL", "http://127.0.0.1:1");
        try {
            Launch.Result once = system.lifeboat().run("monitor", "--once", "--json");

            assertThat(once.status()).isEqualTo(3);
            assertThat(JSON.readTree(once.stdout()).get("reason").asText())
                    .contains("Nothing is known of the dr region");
        } finally {
            system.environment.remove("BACKUP_SECONDARY_ENDPOINT_URL");
        }
    }

    private static Launch.Result psql(String sql) throws Exception {
        return system.shell().run("-c", "psql -XAt \"$DATABASE_URL\" -c \"" + sql + "\"");
    }

    private static Path dump() throws IOException {
        try (Stream<Path> files = Files.walk(system.bucket("prod").resolve("backups/full"))) {
            return files.filter(file -> file.toString().endsWith(".dump.enc"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
