package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ResidentLogTest {
    @TempDir private Path folder;

    @Test
    void liesInTheFolderOfLogs() throws Exception {
        Path logs = folder.resolve("logs");

        assertThat(ResidentLog.choose(logs, folder.resolve("home")))
                .isEqualTo(logs.resolve("wal_push.log"));
        assertThat(logs).isDirectory();
    }

    @Test
    void liesBelowTheHomeWhereTheFolderOfLogsCannotBeWritten() throws Exception {
        assertThat(ResidentLog.choose(notAFolder(), folder.resolve("home")))
                .isEqualTo(folder.resolve("home/logs/wal_push.log"));
    }

    @Test
    void isRefusedWhereNeitherCanBeWritten() throws Exception {
        Path nowhere = notAFolder();

        assertThatThrownBy(() -> ResidentLog.choose(nowhere, nowhere))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ProblemCode.HOST_FAILURE);
                            assertThat(e.problem().remedy()).contains("LIFEBOAT_HOME");
                        });
    }

    private Path notAFolder() throws IOException {
        return Files.writeString(folder.resolve("file"), "").resolve("logs");
    }
}
