package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.lifeboat.postgres.StopMode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A cluster whose configuration lies outside its data directory, as Debian lays it out, by the
 * command line alone: backed up, lost, restored, handed over with its own settings.
 */
class ConfigHandoverIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FILES =
            List.of("postgresql.conf", "pg_hba.conf", "pg_ident.conf");

    private RunbookSystem system;

    @BeforeEach
    void start() throws Exception {
        system = new RunbookSystem();
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
    }

    @Test
    void aHandoverTakesTheConfigurationFromItsBackup() throws Exception {
        moveTheConfigurationOut();
        well(system.lifeboat().run("backup", "config"));
        well(system.lifeboat().run("backup", "base"));
        well(system.lifeboat().run("backup", "wal"));
        system.database.stop(StopMode.FAST);

        JsonNode copy =
                last(system.lifeboat().run("restore", "latest", "--target", "latest", "--json"));
        String id = copy.get("id").asText();
        JsonNode database =
                last(
                        system.lifeboat()
                                .run("restores", "handover", id, "--archive", "off", "--json"));

        assertThat(database.get("state").asText()).isEqualTo("handed-over");
        assertThat(ask(database, "SHOW work_mem")).isEqualTo("7MB");
        assertThat(ask(database, "SHOW maintenance_work_mem")).isEqualTo("71MB");
        assertThat(
                        ask(
                                database,
                                "SELECT count(*) FROM pg_hba_file_rules WHERE address = '10.9.8.7'"))
                .isEqualTo("1");
        assertThat(ask(database, "SELECT count(*) FROM scenarios")).isEqualTo("500");
    }

    private void moveTheConfigurationOut() throws Exception {
        Path data = system.database.dataDirectory;
        Path etc = Files.createDirectory(system.database.root.resolve("etc"));
        system.database.stop(StopMode.FAST);
        for (String file : FILES) {
            Files.move(data.resolve(file), etc.resolve(file));
        }
        Files.createDirectory(etc.resolve("conf.d"));
        append(etc.resolve("conf.d/memory.conf"), "maintenance_work_mem = '71MB'\n");
        append(etc.resolve("postgresql.conf"), "work_mem = '7MB'\ninclude_dir 'conf.d'\n");
        append(etc.resolve("pg_hba.conf"), "host all all 10.9.8.7/32 reject\n");
        system.database.host.files().chownTree(etc, system.database.user);
        system.database
                .set(
                        Map.of(
                                "config_file", etc.resolve("postgresql.conf").toString(),
                                "hba_file", etc.resolve("pg_hba.conf").toString(),
                                "ident_file", etc.resolve("pg_ident.conf").toString()))
                .start();
    }

    private static void append(Path file, String text) throws Exception {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String ask(JsonNode server, String sql) throws Exception {
        Launch.Result result =
                system.shell()
                        .run(
                                "-c",
                                "psql -XAt '"
                                        + server.get("connection").asText()
                                        + "' -c \""
                                        + sql
                                        + "\"");
        well(result);
        return result.stdout().strip();
    }

    private static JsonNode last(Launch.Result result) throws Exception {
        well(result);
        String[] lines = result.stdout().strip().split("\n");
        return JSON.readTree(lines[lines.length - 1]);
    }

    private static void well(Launch.Result result) {
        assertThat(result.status()).as(result.stdout() + result.stderr()).isZero();
    }
}
