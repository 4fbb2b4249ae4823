package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;

/** Backups that are proven by restoring them, and what a restore offers where no base is. */
class VerifyRestoredIT {
    private static LogicalFixture in;
    private static String full;

    @BeforeAll
    static void backUpAShop() throws Exception {
        in = new LogicalFixture(true);
        in.makeShop("shop");
        full = in.backup("shop");
    }

    @AfterAll
    static void endEverything() throws Exception {
        in.close();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        try (var left = Files.list(in.home().resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
        assertThat(in.databases("%restore%")).isEmpty();
    }

    @Test
    void provesADumpInAClusterOfItsOwn() throws Exception {
        CliRun run = in.lifeboat("shop");

        Outcome outcome = run.run("verify", full, "--level", "restored", "--json");

        assertThat(outcome.code()).as(run.stderr() + run.stdout()).isZero();
        JsonNode report = LogicalFixture.json(run.stdout());
        assertThat(report.path("level").asText()).isEqualTo("restored");
        assertThat(report.path("ok").asBoolean()).isTrue();
        CliRun catalog = in.lifeboat("shop");
        catalog.run("catalog", "--json");
        for (JsonNode entry : LogicalFixture.json(catalog.stdout()).path("backups")) {
            if (entry.path("id").asText().equals(full)) {
                assertThat(entry.path("verified").path("level").asText()).isEqualTo("restored");
                assertThat(entry.path("verified").path("ok").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void provesADumpWhoseRolesNobodyWroteDown() throws Exception {
        in.shell("pg_dump -Fc shop | gzip > foreign.gz");
        CliRun run = in.lifeboat("shop");

        Outcome outcome =
                run.run(
                        "verify",
                        in.folder.resolve("foreign.gz").toString(),
                        "--level",
                        "restored");

        assertThat(outcome.code()).as(run.stderr() + run.stdout()).isZero();
    }

    @Test
    void tellsOfADumpThatCannotBeRestored() throws Exception {
        Files.writeString(
                in.folder.resolve("broken.sql"), "CREATE TABLE t (id int);\nselect 1/0;\n");
        CliRun run = in.lifeboat("shop");

        Outcome outcome =
                run.run(
                        "verify",
                        in.folder.resolve("broken.sql").toString(),
                        "--level",
                        "restored");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(run.stdout()).contains("NOT good").contains("division by zero");
    }

    @Test
    void provesABaseAsAServerOfItsOwn() throws Exception {
        CliRun refused = in.lifeboat("shop");
        assertThat(
                        refused.run(
                                        "restore",
                                        "latest",
                                        "--target-time",
                                        "2026-04-07T14:00:00Z",
                                        "--plan")
                                .code())
                .isEqualTo(4);
        assertThat(refused.stderr()).contains("lifeboat restore " + full);
        CliRun base = in.lifeboat("shop");
        assertThat(base.run("backup", "base", "--json").code()).as(base.stderr()).isZero();
        String id = LogicalFixture.json(base.stdout()).path("id").asText();
        in.putArchivedWal();

        CliRun run = in.lifeboat("shop");
        Outcome outcome = run.run("verify", id, "--level", "restored", "--json");

        assertThat(outcome.code()).as(run.stderr() + run.stdout()).isZero();
        assertThat(LogicalFixture.json(run.stdout()).path("level").asText()).isEqualTo("restored");
        CliRun only = in.lifeboat("shop");
        assertThat(only.run("restore", id, "--verify-only", "--json").code())
                .as(only.stderr())
                .isZero();
        assertThat(LogicalFixture.json(only.stdout()).path("level").asText()).isEqualTo("readable");
    }
}
