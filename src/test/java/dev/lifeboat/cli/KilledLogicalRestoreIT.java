package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** Killed at any instant, a logical restore goes on to the same rows, or is taken back whole. */
class KilledLogicalRestoreIT {
    private static final List<String> BOUNDARIES =
            List.of(
                    "dump-spooled",
                    "scratch-creating",
                    "scratch-created",
                    "stage-ended:place",
                    "settings-carried-over",
                    "stage-began:handover",
                    "names-swapped");

    private static LogicalFixture in;
    private static String backup;

    @BeforeAll
    static void backUpAShop() throws Exception {
        in = new LogicalFixture();
        in.makeShop("shop");
        backup = in.backup("shop");
    }

    @AfterAll
    static void endEverything() throws Exception {
        in.close();
    }

    @Test
    void goesOnAfterAKillAtEveryBoundary() throws Exception {
        in.makeShop("live");
        in.in("live", "create table since (id int)");
        String id =
                killedAt(
                        BOUNDARIES.getFirst(),
                        "live",
                        "restore",
                        backup,
                        "--jobs",
                        "2",
                        "--confirm",
                        in.confirm("live"));
        for (String boundary : BOUNDARIES.subList(1, BOUNDARIES.size())) {
            if (!boundary.equals("names-swapped")) {
                assertThat(in.value("live", "select to_regclass('since')")).isEqualTo("since");
            }
            assertThat(killedAt(boundary, "live", "restores", "resume", id)).isEqualTo(id);
        }

        CliRun last = in.lifeboat("live");
        assertThat(last.run("restores", "resume", id, "--json").code()).as(last.stderr()).isZero();

        assertThat(LogicalFixture.last(last.stdout()).path("state").asText()).isEqualTo("restored");
        assertThat(in.content("live")).isEqualTo(in.content("shop"));
        String kept = in.databases("live_before%").getFirst();
        assertThat(in.databases("live%")).containsExactly("live", kept);
        assertThat(in.value(kept, "select to_regclass('since')")).isEqualTo("since");
        dropsWhatIsKeptOnlyUnderItsName(id, kept);
    }

    private static void dropsWhatIsKeptOnlyUnderItsName(String id, String kept) throws Exception {
        CliRun refused = in.lifeboat("live");
        assertThat(refused.run("restores", "discard", id, "--confirm", id).code()).isEqualTo(5);
        assertThat(refused.stderr()).contains("--confirm '" + in.confirm(kept) + "'");
        assertThat(in.databases("live%")).containsExactly("live", kept);

        CliRun confirmed = in.lifeboat("live");
        assertThat(confirmed.run("restores", "discard", id, "--confirm", in.confirm(kept)).code())
                .as(confirmed.stderr())
                .isZero();
        assertThat(in.databases("live%")).containsExactly("live");
        assertThat(in.content("live")).isEqualTo(in.content("shop"));
    }

    @Test
    void isDiscardedAfterAKillAndLeavesNothing() throws Exception {
        in.makeShop("other");
        String id =
                killedAt(
                        "stage-ended:place",
                        "other",
                        "restore",
                        backup,
                        "--jobs",
                        "2",
                        "--confirm",
                        in.confirm("other"));
        CliRun list = in.lifeboat("other");
        list.run("restores", "show", id, "--json");
        JsonNode shown = LogicalFixture.json(list.stdout());
        assertThat(shown.path("state").asText()).isEqualTo("interrupted");
        assertThat(shown.path("dataDirectory").isNull()).isTrue();

        CliRun discard = in.lifeboat("other");
        assertThat(discard.run("restores", "discard", id, "--confirm", id).code())
                .as(discard.stderr())
                .isZero();

        assertThat(in.databases("other%")).containsExactly("other");
        assertThat(in.home().resolve("restores").resolve(id).resolve("spool")).doesNotExist();
    }

    /** Runs a command line in a process and kills it at an event; the restore's id. */
    private static String killedAt(String boundary, String database, String... arguments)
            throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CliChild.class.getName(),
                                variables(database).toString()));
        command.addAll(Arrays.asList(arguments));
        command.add("--json");
        Path errors = in.folder.resolve("child.log");
        Process child = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String seen = "";
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode event = LogicalFixture.json(line);
                String name = event.path("event").asText();
                seen = event.path("id").asText();
                if (boundary.equals(name)
                        || boundary.equals(name + ":" + event.path("stage").asText())) {
                    child.destroyForcibly().waitFor();
                    return seen;
                }
            }
        }
        throw new AssertionError(boundary + " never came: " + Files.readString(errors));
    }

    private static Path variables(String database) throws Exception {
        var properties = new Properties();
        properties.putAll(in.lifeboat(database).surroundings().environment());
        properties.setProperty("aws.accessKeyId", System.getProperty("aws.accessKeyId"));
        properties.setProperty("aws.secretAccessKey", System.getProperty("aws.secretAccessKey"));
        Path file = in.folder.resolve("variables.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file;
    }
}
