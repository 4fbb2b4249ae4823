package dev.lifeboat.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The runbook's scripts, over a program that writes down what it is asked. */
class ScriptsTest {
    private static final Path SCRIPTS = Path.of("packaging/scripts").toAbsolutePath();
    @TempDir private Path folder;
    private Path program;
    private Path environment;

    @BeforeEach
    void prepare() throws IOException {
        program = folder.resolve("lifeboat");
        Files.writeString(
                program,
                """
                #!/bin/sh
                for word in "$@"; do printf '<%s>' "$word"; done
                printf ' bucket=%s key=%s' "${BACKUP_BUCKET:-}" "${BACKUP_ENCRYPTION_KEY:-}"
                exit 42
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment = folder.resolve("environment");
    }

    @ParameterizedTest
    @CsvSource({
        "backup.sh, full, <backup><full>",
        "backup.sh, wal, <backup><wal>",
        "backup.sh, cleanup, <cleanup><--apply>",
        "backup.sh, base, <backup><base>",
        "backup.sh, config, <backup><config>",
        "backup.sh, verify, <verify><latest>",
        "backup.sh, restore-test, <verify><latest><--level><restored>",
        "restore.sh, latest, <restore><latest>",
        "restore.sh, s3://b/backups/full/20260407/backup.enc,"
                + " <restore><s3://b/backups/full/20260407/backup.enc>",
        "restore.sh, --verify-only, <verify>",
    })
    void everyArgumentOfTheRunbookMeansACommand(String script, String argument, String words)
            throws Exception {
        Launch.Result result = launch(script).run(argument);

        assertThat(result.stdout()).startsWith(words + " ");
        assertThat(result.status()).isEqualTo(42);
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void aTargetTimeWithItsSpaceIsOneWord() throws Exception {
        assertThat(launch("restore.sh").run("latest", "--target-time", "2026-04-07 14:30:00"))
                .extracting(Launch.Result::stdout)
                .asString()
                .startsWith("<restore><latest><--target-time><2026-04-07 14:30:00> ");
    }

    @Test
    void verifyOnlyMayStandBehindTheBackup() throws Exception {
        assertThat(launch("restore.sh").run("/a path/x.sql.gz.enc", "--verify-only").stdout())
                .startsWith("<verify></a path/x.sql.gz.enc> ");
    }

    @Test
    void optionsOfLifeboatPassThrough() throws Exception {
        assertThat(launch("restore.sh").run("latest", "--confirm", "shop@h:5432").stdout())
                .startsWith("<restore><latest><--confirm><shop@h:5432> ");
        assertThat(launch("backup.sh").run("full", "--json").stdout())
                .startsWith("<backup><full><--json> ");
    }

    @Test
    void whatCronDoesNotGiveComesFromTheFileAndIsNeverExecuted() throws Exception {
        Files.writeString(
                environment,
                """
                # settings
                export BACKUP_BUCKET="from the file"
                BACKUP_ENCRYPTION_KEY='$(touch pwned)`x`'
                BACKUP_REGION=
                """);

        Launch.Result result = launch("backup.sh").run("full");

        assertThat(result.stdout()).contains("bucket=from the file", "key=$(touch pwned)`x`");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void whatIsSetWinsOverTheFile() throws Exception {
        Files.writeString(environment, "BACKUP_BUCKET=other\n");

        assertThat(launch("backup.sh").variable("BACKUP_BUCKET", "mine").run("full").stdout())
                .contains("bucket=mine");
    }

    @Test
    void aLineThatIsNoSettingStopsIt() throws Exception {
        Files.writeString(environment, "rm -rf x\n");

        Launch.Result result = launch("backup.sh").run("full");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.stdout()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"backup.sh", "restore.sh"})
    void withoutArgumentsTheyExplainThemselves(String script) throws Exception {
        Launch.Result result = launch(script).run();

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.stderr()).startsWith("Usage: " + script);
        assertThat(launch(script).run("--help").status()).isZero();
    }

    @Test
    void theyAreFoundThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("scripts"), SCRIPTS);

        Launch.Result result =
                new Launch(link.resolve("backup.sh"), folder)
                        .variable("LIFEBOAT", program.toString())
                        .run("full");

        assertThat(result.stdout()).startsWith("<backup><full>");
    }

    private Launch launch(String script) {
        return new Launch(SCRIPTS.resolve(script), folder)
                .variable("LIFEBOAT", program.toString())
                .variable("LIFEBOAT_ENVIRONMENT", environment.toString());
    }
}
