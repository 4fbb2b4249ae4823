package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        long before = jobs();
        Launch.Result refused =
                system.lifeboat().run("restore", "latest", "--target", "latest", "--json");
        assertThat(refused.status()).as(refused.stdout()).isEqualTo(4);
        JsonNode problem = JSON.readTree(lastLine(refused)).get("problem");
        assertThat(problem.get("code").asText()).isEqualTo("TARGET_IN_GAP");
        assertThat(problem.get("why").asText() + problem.get("what").asText()).contains(segment);
        assertThat(problem.get("remedy").asText()).contains("--target-");
        assertThat(jobs()).as("nothing was begun").isEqualTo(before);
    }

    @Test
    void whatIsDamagedInBothIsToldSoWithTheLastCommitBeforeItAndTheWayThere() throws Exception {
        system.database.execute("CREATE TABLE told (id int)");
        List<String> segments = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            segments.add(system.database.value("pg_walfile_name(pg_current_wal_insert_lsn())"));
            system.database.execute("INSERT INTO told VALUES (" + i + ")");
            well(system.script("backup.sh").run("wal"));
        }
        system.replicate();
        damageOrMend(segments.get(1));

        Launch.Result failed =
                system.lifeboat().run("restore", "latest", "--target", "latest", "--json");
        JsonNode met = problem(failed, 3);
        assertThat(met.get("what").asText())
                .isEqualTo(segments.get(1) + " is damaged in every region: primary and dr.");
        assertThat(met.get("why").asText()).contains("the last transaction that can be reached is");
        assertThat(met.get("remedy").asText())
                .contains("lifeboat replicate --apply", "lifeboat wal salvage")
                .doesNotContain("copy of the other region");

        JsonNode copy = read(system.lifeboat().run(offered(met.get("remedy").asText())));
        assertThat(rows(copy.get("connection").asText(), "told")).isEqualTo("1");
        well(system.lifeboat().run("restores", "stop", copy.get("id").asText()));

        damageOrMend(segments.get(3));
        JsonNode refused =
                problem(
                        system.lifeboat().run("restore", "latest", "--target", "latest", "--json"),
                        4);
        assertThat(refused.get("code").asText()).isEqualTo("TARGET_IN_GAP");
        assertThat(refused.get("why").asText())
                .contains(segments.get(3) + " is damaged in every region: primary and dr.");
        damageOrMend(segments.get(3));
        damageOrMend(segments.get(1));
    }

    private static String[] offered(String remedy) {
        Matcher found =
                Pattern.compile("lifeboat restore latest --target-lsn ([0-9A-F/]+)")
                        .matcher(remedy);
        assertThat(found.find()).as(remedy).isTrue();
        return new String[] {"restore", "latest", "--target-lsn", found.group(1), "--json"};
    }

    private static JsonNode problem(Launch.Result result, int status) throws Exception {
        assertThat(result.status()).as(result.stdout()).isEqualTo(status);
        return JSON.readTree(lastLine(result)).get("problem");
    }

    /** Flips a bit of the object, counted from its end. */
    private static void flip(String bucket, String segment, int fromEnd) throws Exception {
        Path copy = system.bucket(bucket).resolve("wal/" + segment + ".zst.enc");
        byte[] content = Files.readAllBytes(copy);
        content[content.length - fromEnd] ^= 1;
        Files.write(copy, content);
    }

    /** Another bit in each region; done once more it is well again. */
    private static void damageOrMend(String segment) throws Exception {
        flip("prod", segment, 20);
        flip("dr-copy", segment, 40);
    }

    private static long jobs() throws Exception {
        try (Stream<Path> jobs = Files.list(system.folder.resolve("home/restores"))) {
            return jobs.count();
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
        return rows(connection, "scenarios");
    }

    private static String rows(String connection, String table) throws Exception {
        Launch.Result result =
                system.shell()
                        .run(
                                "-c",
                                "psql -XAt '"
                                        + connection
                                        + "' -c 'SELECT count(*) FROM "
                                        + table
                                        + "'");
        well(result);
        return result.stdout().strip();
    }

    private static void well(Launch.Result result) {
        assertThat(result.status()).as(result.stdout() + result.stderr()).isZero();
    }
}
