package dev.lifeboat.restore.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** The rule that a missing relation file replays silently: it is found before the start. */
class BackupManifestCheckTest {
    private static final String LIST =
            """
            { "PostgreSQL-Backup-Manifest-Version": 1,
            "Files": [
            { "Path": "backup_label", "Size": 5, "Last-Modified": "2026-04-07 14:30:00 GMT" },
            { "Path": "global/pg_control", "Size": 7, "Checksum": "00" },
            { "Encoded-Path": "626173652f35", "Size": 0 }
            ],
            "WAL-Ranges": [
            { "Timeline": 1, "Start-LSN": "0/2000028", "End-LSN": "0/2000100" }
            ],
            "Manifest-Checksum": "aa"}
            """;

    @TempDir Path data;

    @BeforeEach
    void placeTheBase() throws Exception {
        Files.createDirectories(data.resolve("global"));
        Files.createDirectories(data.resolve("base"));
        Files.writeString(data.resolve("backup_label"), "label");
        Files.writeString(data.resolve("global/pg_control.lifeboat"), "control");
        Files.writeString(data.resolve("base/5"), "");
        write(LIST);
    }

    @Test
    void findsEveryFileInPlace() throws Exception {
        assertThat(new BackupManifestCheck(data).check()).isEqualTo(3);
    }

    @Test
    void findsAMissingFile() throws Exception {
        Files.delete(data.resolve("base/5"));

        fails("base/5 is missing");
    }

    @Test
    void findsAFileOfAnotherSize() throws Exception {
        Files.writeString(data.resolve("base/5"), "longer");

        fails("base/5 has 6 bytes instead of 0");
    }

    @Test
    void refusesAListThatIsMissing() throws Exception {
        Files.delete(data.resolve("backup_manifest"));

        fails("it is not in the base");
    }

    @Test
    void refusesAListThatEndsEarlyAnywhere() throws Exception {
        for (int length = 0; length < LIST.stripTrailing().length(); length += 7) {
            write(LIST.substring(0, length));
            assertThatThrownBy(() -> new BackupManifestCheck(data).check())
                    .isInstanceOf(RecoveryException.class);
        }
    }

    @Test
    void refusesAListOfNothing() throws Exception {
        write("{\"Files\": [], \"Manifest-Checksum\": \"aa\"}");

        fails("it lists no file");
    }

    @Test
    void refusesAPathThatLeadsOutside() throws Exception {
        write(LIST.replace("backup_label", "../backup_label"));

        assertThatThrownBy(() -> new BackupManifestCheck(data).check())
                .isInstanceOf(RecoveryException.class);
    }

    private void write(String list) throws Exception {
        Files.writeString(data.resolve("backup_manifest"), list);
    }

    private void fails(String why) {
        assertThatThrownBy(() -> new BackupManifestCheck(data).check())
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ProblemCode.BACKUP_INCOMPLETE);
                            assertThat(e.problem().why()).contains(why);
                        });
    }
}
