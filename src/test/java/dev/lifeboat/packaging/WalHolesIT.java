package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A segment of WAL is gone from one region, then from both. */
class WalHolesIT {
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
    void oneIsFilledFromDrAndOneInBothIsRefusedWithTheLastCommitBeforeIt() throws Exception {
        String segment = "";
        for (int i = 0; i < 3; i++) {
            if (i == 1) {
                segment = system.database.value("pg_walfile_name(pg_current_wal_insert_lsn())");
            }
            system.database.execute(
                    "INSERT INTO scenarios SELECT g, 'more' FROM generate_series("
                            + (501 + 100 * i)
                            + ", "
                            + (600 + 100 * i)
                            + ") g");
            well(system.script("backup.sh").run("wal"));
        }
        system.replicate();

        remove("prod", segment);
        JsonNode copy =
                read(system.lifeboat().run("restore", "latest", "--target", "latest", "--json"));
        assertThat(rows(copy.get("connection").asText()))
                .as("with the segment that DR alone has")
                .isEqualTo("800");
        well(system.lifeboat().run("restores", "stop", copy.get("id").asText()));

        remove("dr-copy", segment);
        Launch.Result refused =
                system.lifeboat().run("restore", "latest", "--target", "latest", "--json");
        assertThat(refused.status()).as(refused.stdout()).isEqualTo(4);
        JsonNode problem = JSON.readTree(lastLine(refused)).get("problem");
        assertThat(problem.get("code").asText()).isEqualTo("TARGET_IN_GAP");
        assertThat(problem.get("why").asText() + problem.get("what").asText()).contains(segment);
        assertThat(problem.get("remedy").asText()).contains("--target-");
        try (Stream<Path> jobs = Files.list(system.folder.resolve("home/restores"))) {
            assertThat(jobs).as("nothing was begun").hasSize(1);
        }
    }

    private static void remove(String bucket, String segment) throws Exception {
        try (Stream<Path> files = Files.walk(system.bucket(bucket).resolve("wal"))) {
            List<Path> copies =
                    files.filter(file -> file.getFileName().toString().startsWith(segment))
                            .toList();
            assertThat(copies).isNotEmpty();
            for (Path copy : copies) {
                Files.delete(copy);
            }
        }
    }

    private static JsonNode read(Launch.Result result) throws Exception {
        well(result);
        return JSON.readTree(lastLine(result));
    }

    private static String lastLine(Launch.Result result) {
        String[] lines = result.stdout().strip().split("\n");
        return lines[lines.length - 1];
    }

    private static String rows(String connection) throws Exception {
        Launch.Result result =
                system.shell()
                        .run(
                                "-c",
                                "psql -XAt '"
                                        + connection
                                        + "' -c 'SELECT count(*) FROM scenarios'");
        well(result);
        return result.stdout().strip();
    }

    private static void well(Launch.Result result) {
        assertThat(result.status()).as(result.stdout() + result.stderr()).isZero();
    }
}
