package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.postgres.StopMode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The procedures of docs/dr-procedures.md, each carried out once with its own commands. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrProceduresIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static RunbookSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = new RunbookSystem();
        well(system.script("backup.sh").run("base"));
    }

    @AfterAll
    static void stop() throws Exception {
        system.close();
    }

    @Test
    @Order(1)
    void deletedData() throws Exception {
        String before = system.database.value("pg_current_wal_insert_lsn()");
        system.database.execute("DELETE FROM scenarios WHERE id > 400");
        well(system.script("backup.sh").run("wal"));

        JsonNode copy = restore(system.lifeboat(), "--target-lsn", before);
        assertThat(copy.get("state").asText()).isEqualTo("paused");
        String there = copy.get("connection").asText();
        assertThat(rows(there)).isEqualTo("500");
        well(
                sh(
                        "psql -X '"
                                + there
                                + "' -c '\\copy scenarios TO missing.csv CSV'"
                                + " && psql -X -v ON_ERROR_STOP=1 \"$DATABASE_URL\""
                                + " -c 'CREATE TABLE scenarios_before (LIKE scenarios)'"
                                + " -c '\\copy scenarios_before FROM missing.csv CSV'"
                                + " -c 'INSERT INTO scenarios SELECT * FROM scenarios_before"
                                + " ON CONFLICT DO NOTHING'"));
        assertThat(system.database.value("(SELECT count(*) FROM scenarios)")).isEqualTo("500");

        String id = copy.get("id").asText();
        well(system.lifeboat().run("restores", "stop", id));
        well(system.lifeboat().run("restores", "discard", id, "--confirm", id));
        well(system.script("backup.sh").run("wal"));
        system.replicate();
    }

    @Test
    @Order(2)
    void lostRegion() throws Exception {
        JsonNode copy =
                restore(
                        system.lifeboat()
                                .variable("BACKUP_ENDPOINT_URL", "http://127.0.0.1:1")
                                .variable(
                                        "BACKUP_SECONDARY_ENDPOINT_URL",
                                        system.s3.endpoint().toString()),
                        "--target",
                        "latest",
                        "--region",
                        "dr");

        assertThat(rows(copy.get("connection").asText())).isEqualTo("500");
        well(system.lifeboat().run("restores", "stop", copy.get("id").asText()));
    }

    @Test
    @Order(3)
    void corruptDatabase() throws Exception {
        system.database.stop(StopMode.IMMEDIATE);
        damage();

        Launch.Result checksums = sh("pg_checksums --check -D " + system.database.dataDirectory);
        assertThat(checksums.status()).isNotZero();
        assertThat(checksums.stdout() + checksums.stderr())
                .contains("checksum verification failed");
        system.database.start();
        Launch.Result amcheck = sh("pg_amcheck --install-missing \"$DATABASE_URL\"");
        assertThat(amcheck.status()).isNotZero();
        assertThat(amcheck.stdout() + amcheck.stderr()).contains("scenarios");
        Launch.Result full = system.script("backup.sh").run("full");
        assertThat(full.status()).as("a dump reads every row").isEqualTo(1);
        assertThat(
                        JSON.readTree(system.lifeboat().run("health", "--json").stdout())
                                .at("/figures/backups/full/failures")
                                .asInt())
                .isEqualTo(1);
    }

    @Test
    @Order(4)
    void lostServer() throws Exception {
        system.database.execute(
                "ALTER SYSTEM SET archive_command = '/bin/false'", "SELECT pg_reload_conf()");
        system.database.execute(
                "CREATE TABLE last_words AS SELECT g FROM generate_series(1, 300) g",
                "SELECT pg_switch_wal()",
                "INSERT INTO last_words SELECT g FROM generate_series(301, 500) g");
        Path dead = system.database.dataDirectory;
        Launch.Result alive = system.lifeboat().run("wal", "salvage", dead.toString());
        assertThat(alive.status()).as("a server runs there").isEqualTo(5);
        system.database.stop(StopMode.IMMEDIATE);

        JsonNode kept = salvage();
        assertThat(kept.get("archived")).isNotEmpty();
        assertThat(kept.at("/tail/archivedAs").asText()).endsWith(".partial");
        assertThat(kept.at("/tail/commits").asInt()).isPositive();
        refusesADamagedTail(kept.at("/tail/segment").asText());
        Launch.Result unconfirmed =
                system.lifeboat().run("wal", "salvage", dead.toString(), "--with-tail");
        assertThat(unconfirmed.status()).isEqualTo(5);
        assertThat(unconfirmed.stderr()).contains("must never start again");
        JsonNode tail = salvage("--with-tail", "--confirm", dead.toString());
        assertThat(tail.at("/tail/archivedAs")).isEqualTo(tail.at("/tail/segment"));
        assertThat(tail.at("/tail/commits")).isEqualTo(kept.at("/tail/commits"));

        JsonNode copy = restore(system.lifeboat(), "--target", "latest", "--action", "promote");

        assertThat(copy.get("state").asText()).isEqualTo("promoted");
        String there = copy.get("connection").asText();
        assertThat(rows(there)).isEqualTo("500");
        assertThat(value(there, "SELECT count(*) FROM last_words"))
                .as("what was committed and never archived by the server")
                .isEqualTo("500");
        well(sh("pg_amcheck --install-missing --heapallindexed '" + there + "'"));
        well(system.lifeboat().run("restores", "stop", copy.get("id").asText()));
    }

    /**
     * A byte of the last record is lost: the end is no end, since the checkpoint lies behind it.
     */
    private static void refusesADamagedTail(String segment) throws Exception {
        Path dead = system.database.dataDirectory;
        Path file = dead.resolve("pg_wal").resolve(segment);
        byte[] sound = Files.readAllBytes(file);
        byte[] damaged = sound.clone();
        Arrays.fill(damaged, 40, 80, (byte) 0xff);
        Files.write(file, damaged);

        Launch.Result refused =
                system.lifeboat()
                        .run(
                                "wal",
                                "salvage",
                                dead.toString(),
                                "--with-tail",
                                "--confirm",
                                dead.toString());

        Files.write(file, sound);
        assertThat(refused.status()).as(refused.stdout() + refused.stderr()).isEqualTo(3);
        assertThat(refused.stdout()).doesNotContain("Restores reach it now");
    }

    private static JsonNode salvage(String... more) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "wal",
                                "salvage",
                                system.database.dataDirectory.toString(),
                                "--json"));
        words.addAll(List.of(more));
        Launch.Result result = system.lifeboat().run(words.toArray(String[]::new));
        well(result);
        return JSON.readTree(result.stdout());
    }

    @Test
    @Order(5)
    void lostKey() throws Exception {
        Launch.Result wrong =
                system.lifeboat()
                        .variable("BACKUP_ENCRYPTION_KEY", "the wrong one")
                        .run("restore", "latest", "--target", "latest", "--plan", "--json");
        assertThat(wrong.status()).isEqualTo(6);
        assertThat(wrong.stdout()).contains("KEY_WRONG", "Its key has the fingerprint ");

        Launch.Result generated = system.lifeboat().run("key", "generate");
        well(generated);
        Launch.Result health =
                system.lifeboat()
                        .variable("BACKUP_ENCRYPTION_KEY", generated.stdout().strip())
                        .run("health", "--json");
        assertThat(health.status()).isEqualTo(3);
        assertThat(health.stdout()).contains("No key known here opens the newest base backup");
    }

    private static JsonNode restore(Launch launch, String... target) throws Exception {
        String[] words = new String[target.length + 3];
        words[0] = "restore";
        words[1] = "latest";
        words[2] = "--json";
        System.arraycopy(target, 0, words, 3, target.length);
        Launch.Result result = launch.run(words);
        well(result);
        String[] lines = result.stdout().strip().split("\n");
        JsonNode last = JSON.readTree(lines[lines.length - 1]);
        assertThat(last.get("event").asText()).as(result.stdout()).isEqualTo("finished");
        return last;
    }

    private static void well(Launch.Result result) {
        assertThat(result.status()).as(result.stdout() + result.stderr()).isZero();
    }

    private static Launch.Result sh(String line) throws Exception {
        return system.shell().run("-c", line);
    }

    private static String rows(String connection) throws Exception {
        return value(connection, "SELECT count(*) FROM scenarios");
    }

    private static String value(String connection, String query) throws Exception {
        Launch.Result result = sh("psql -XAt '" + connection + "' -c '" + query + "'");
        well(result);
        return result.stdout().strip();
    }

    /** A bit of a page, as a disk would lose it; the server is down. */
    private static void damage() throws Exception {
        system.database.start();
        system.database.execute("CHECKPOINT");
        Path file =
                system.database.dataDirectory.resolve(
                        system.database.value("pg_relation_filepath('scenarios')"));
        system.database.stop(StopMode.FAST);
        assertThat(Files.size(file)).isGreaterThan(8192);
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(8000);
            bytes.write(new byte[] {0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55});
        }
    }
}
