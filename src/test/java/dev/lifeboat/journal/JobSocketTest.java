package dev.lifeboat.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class JobSocketTest {
    @TempDir Path folder;

    @Test
    void answersLineByLineFromAFolderWithALongName() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("x".repeat(120)));

        try (var _ = JobSocket.listen(deep, line -> "heard " + line)) {
            assertThat(JobSocket.ask(deep, "stop")).isEqualTo("heard stop");
            assertThat(JobSocket.ask(deep, "abort")).isEqualTo("heard abort");
        }
    }

    @Test
    void saysThatNobodyWorksOnTheJobOnceItIsClosed() throws Exception {
        JobSocket.listen(folder, line -> line).close();

        assertThatThrownBy(() -> JobSocket.ask(folder, "stop"))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.JOB_UNKNOWN));
    }
}
