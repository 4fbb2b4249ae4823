package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Fields that other programs read stay, under their names and of their kind. */
class JsonContractIT {
    private static LogicalFixture in;
    private static JsonNode full;
    private static JsonNode base;

    @BeforeAll
    static void backUpAShop() throws Exception {
        in = new LogicalFixture(true);
        in.makeShop("shop");
        full = answer("backup", "full");
        base = answer("backup", "base");
        in.putArchivedWal();
    }

    @AfterAll
    static void endEverything() throws Exception {
        in.close();
    }

    @Test
    void aBackup() {
        for (JsonNode backup : List.of(full, base)) {
            has(backup, "id", "kind", "key", "plainBytes", "storedBytes", "seconds");
            assertThat(backup.path("plainBytes").isIntegralNumber()).isTrue();
        }
        assertThat(full.path("kind").asText()).isEqualTo("full");
        assertThat(base.path("kind").asText()).isEqualTo("base");
    }

    @Test
    void theCatalog() throws Exception {
        JsonNode backups = answer("catalog").path("backups");

        assertThat(backups).hasSize(2);
        for (JsonNode backup : backups) {
            has(
                    backup,
                    "id",
                    "cluster",
                    "kind",
                    "database",
                    "startedAt",
                    "finishedAt",
                    "plainBytes",
                    "storedBytes",
                    "regions",
                    "verified",
                    "keyFingerprint",
                    "storageClass");
            isTime(backup.path("startedAt"));
            assertThat(backup.at("/regions/primary").asText()).isEqualTo("present");
            assertThat(backup.at("/regions/dr").asText()).isEqualTo("missing");
        }
    }

    @Test
    void theTimeline() throws Exception {
        JsonNode timeline = answer("timeline");

        has(timeline, "windows", "gaps", "timelines", "latestRecoverable", "rpoSeconds");
        JsonNode window = timeline.path("windows").path(0);
        has(window, "from", "to", "timeline", "base", "exact");
        isTime(window.path("from"));
        assertThat(window.path("timeline").isIntegralNumber()).isTrue();
        assertThat(window.path("base").asText()).isEqualTo(base.path("id").asText());
        has(timeline.path("timelines").path(0), "id", "parent", "forkedAt");
    }

    @Test
    void aVerificationAndWhatTheCatalogSaysOfItThen() throws Exception {
        String id = full.path("id").asText();
        JsonNode verified = answer("verify", id, "--level", "checksum", "--region", "primary");

        has(verified, "backup", "level", "ok", "objects", "bytes", "seconds", "problems");
        assertThat(verified.path("level").asText()).isEqualTo("checksum");
        for (JsonNode backup : answer("catalog", "--kind", "full").path("backups")) {
            has(backup.path("verified"), "level", "at", "ok");
            isTime(backup.at("/verified/at"));
        }
    }

    @Test
    void theChecklistAndThePlanOfARestore() throws Exception {
        JsonNode check = LogicalFixture.json(run("check", "latest", "--target", "latest"));

        has(check, "items", "confirm");
        for (JsonNode item : check.path("items")) {
            has(item, "id", "kind", "state", "measured", "needed", "remedy");
            assertThat(item.path("kind").asText()).isIn("automatic", "human");
            assertThat(item.path("state").asText()).isIn("ok", "warning", "blocked", "open");
        }
        has(answer("restore", "latest", "--target", "latest", "--plan"), "plan", "confirm");
    }

    @Test
    void aRestoreAndTheListOfThem() throws Exception {
        List<String> lines =
                run("restore", "latest", "--database-url", in.url("copy")).lines().toList();

        for (String line : lines) {
            has(LogicalFixture.json(line), "event", "id");
        }
        JsonNode finished = LogicalFixture.json(lines.getLast());
        assertThat(finished.path("event").asText()).isEqualTo("finished");
        has(finished, "state", "dataDirectory", "connection", "target", "reached");
        assertThat(finished.path("state").asText()).isEqualTo("restored");

        JsonNode row = answer("restores", "list").path("restores").path(0);
        String[] fields = {
            "id", "state", "stage", "target", "startedAt", "dataDirectory", "connection"
        };
        has(row, fields);
        JsonNode shown = answer("restores", "show", row.path("id").asText());
        has(shown, fields);
        has(shown, "plan", "stages");
    }

    @Test
    void aProblem() throws Exception {
        CliRun run = in.lifeboat("shop");

        assertThat(run.run("verify", "nobody-knows", "--json").code()).isEqualTo(4);
        has(LogicalFixture.json(run.stdout()).path("problem"), "code", "what", "why", "remedy");
    }

    private static JsonNode answer(String... arguments) throws Exception {
        return LogicalFixture.json(run(arguments));
    }

    /** Standard output of a command that did what it was asked to. */
    private static String run(String... arguments) {
        CliRun run = in.lifeboat("shop");
        var all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Outcome outcome = run.run(all.toArray(String[]::new));
        assertThat(outcome.code()).as(run.stderr()).isZero();
        return run.stdout();
    }

    private static void has(JsonNode document, String... fields) {
        for (String field : fields) {
            assertThat(document.has(field)).as(field + " of " + document).isTrue();
        }
    }

    private static void isTime(JsonNode value) {
        assertThat(value.asText()).endsWith("Z");
        assertThat(Instant.parse(value.asText())).isNotNull();
    }
}
