package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.lifeboat.postgres.StopMode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A restore from its plan to the day it is the database, by the program itself. */
class LifeOfARestoreIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static RunbookSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = new RunbookSystem();
        well(system.lifeboat().run("backup", "base"));
    }

    @AfterAll
    static void stop() throws Exception {
        system.close();
    }

    @Test
    void isLookedAtMovedOnHandedOverAndTellsNoSecret() throws Exception {
        String first = writeAndMark(501);
        String second = writeAndMark(502);
        well(system.lifeboat().run("backup", "wal"));

        JsonNode copy =
                last(
                        system.lifeboat()
                                .run(
                                        "restore",
                                        "latest",
                                        "--target-lsn",
                                        second,
                                        "--exclusive",
                                        "--json"));
        String id = copy.get("id").asText();
        assertThat(rows(copy)).isEqualTo("502");
        earlierIsRefused(id, first);
        well(system.lifeboat().run("restores", "advance", id, "--target", "latest"));
        theOldServerIsInTheWay(id);
        writeAndMark(503); // on the branch that is left behind
        well(system.lifeboat().run("backup", "wal"));
        system.database.stop(StopMode.IMMEDIATE);

        JsonNode database =
                last(
                        system.lifeboat()
                                .run("restores", "handover", id, "--archive", "on", "--json"));

        assertThat(database.get("state").asText()).isEqualTo("handed-over");
        assertThat(rows(database)).isEqualTo("502");
        assertThat(bases()).isEqualTo(2);
        assertThat(system.bucket("prod").resolve("wal/00000002.history.zst.enc")).exists();
        assertThat(record(id).get("state").asText()).isEqualTo("handed-over");
        Launch.Result discard = system.lifeboat().run("restores", "discard", id, "--confirm", id);
        assertThat(discard.status()).isEqualTo(5);
        ask(database, "INSERT INTO scenarios SELECT g, 'new' FROM generate_series(601, 603) g");
        archived(database);
        eachBranchIsFollowedAsChosen();
        nothingWrittenHoldsASecret();
        stopTheNewDatabase(id);
    }

    /**
     * Of the fork that the handover made, the newest branch is followed, or the one that is named.
     */
    private static void eachBranchIsFollowedAsChosen() throws Exception {
        assertThat(rowsAtTheEnd()).isEqualTo("505");
        assertThat(rowsAtTheEnd("--timeline", "1")).isEqualTo("503");
        assertThat(rowsAtTheEnd("--timeline", "2")).isEqualTo("505");
    }

    private static String rowsAtTheEnd(String... branch) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("restore", "latest", "--target", "latest", "--json"));
        words.addAll(List.of(branch));
        JsonNode copy = last(system.lifeboat().run(words.toArray(String[]::new)));
        String rows = rows(copy);
        String id = copy.get("id").asText();
        well(system.lifeboat().run("restores", "discard", id, "--confirm", id));
        return rows;
    }

    /** Waits until the archive has everything that was written. */
    private static void archived(JsonNode database) throws Exception {
        String written = ask(database, "SELECT pg_walfile_name(pg_switch_wal())");
        String asked =
                "SELECT coalesce(last_archived_wal, '') >= '" + written + "' FROM pg_stat_archiver";
        while (!ask(database, asked).equals("t")) {
            Thread.sleep(100);
        }
    }

    private static String writeAndMark(int row) throws Exception {
        system.database.execute("INSERT INTO scenarios VALUES (" + row + ", 'new')");
        String position = system.database.value("pg_current_wal_insert_lsn()");
        system.database.execute("INSERT INTO scenario_logs VALUES (" + row + ")");
        return position;
    }

    private static void earlierIsRefused(String id, String position) throws Exception {
        Launch.Result earlier =
                system.lifeboat().run("restores", "advance", id, "--target-lsn", position);
        assertThat(earlier.status()).isEqualTo(4);
        assertThat(earlier.stderr()).contains("lifeboat restore latest --target-lsn " + position);
    }

    private static void theOldServerIsInTheWay(String id) throws Exception {
        Launch.Result refused =
                system.lifeboat().run("restores", "handover", id, "--attest", "old-fenced=Ada");
        assertThat(refused.status()).as(refused.stderr()).isEqualTo(5);
        assertThat(refused.stderr()).contains("still takes writes");
    }

    private static long bases() throws Exception {
        Launch.Result catalog = system.lifeboat().run("catalog", "--kind", "base", "--json");
        well(catalog);
        return JSON.readTree(catalog.stdout()).get("backups").size();
    }

    private static JsonNode record(String id) throws Exception {
        try (var files = Files.walk(system.bucket("prod").resolve("records/restore"))) {
            Path file = files.filter(path -> path.endsWith(id + ".json")).findFirst().orElseThrow();
            return JSON.readTree(file.toFile());
        }
    }

    /**
     * Everything the program wrote, data and WAL of the cluster apart; and every process's words.
     */
    private static void nothingWrittenHoldsASecret() throws Exception {
        List<Path> telling = new ArrayList<>();
        for (String root : List.of("home", "server", "s3", "storage")) {
            Path folder = system.folder.resolve(root);
            if (Files.exists(folder)) {
                try (var files = Files.walk(folder)) {
                    files.filter(LifeOfARestoreIT::tells).forEach(telling::add);
                }
            }
        }
        assertThat(telling).isEmpty();
        Launch.Result processes =
                system.shell().run("-c", "cat /proc/[0-9]*/cmdline 2>/dev/null; :");
        assertThat(processes.stdout()).contains("postgres").doesNotContain(RunbookSystem.KEY);
    }

    private static boolean tells(Path file) {
        try {
            return Files.isRegularFile(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                            .contains(RunbookSystem.KEY);
        } catch (IOException gone) {
            return false;
        }
    }

    private static void stopTheNewDatabase(String id) throws Exception {
        well(
                system.shell()
                        .run(
                                "-c",
                                "kill -INT $(head -1 \"$LIFEBOAT_HOME\"/restores/"
                                        + id
                                        + "/data/postmaster.pid)"));
    }

    private static JsonNode last(Launch.Result result) throws Exception {
        well(result);
        String[] lines = result.stdout().strip().split("\n");
        return JSON.readTree(lines[lines.length - 1]);
    }

    private static String rows(JsonNode copy) throws Exception {
        return ask(copy, "SELECT count(*) FROM scenarios");
    }

    private static String ask(JsonNode server, String sql) throws Exception {
        String uri = server.get("connection").asText();
        Launch.Result result =
                system.shell().run("-c", "psql -XAt '" + uri + "' -c \"" + sql + "\"");
        well(result);
        return result.stdout().strip();
    }

    private static void well(Launch.Result result) {
        assertThat(result.status()).as(result.stdout() + result.stderr()).isZero();
    }
}
