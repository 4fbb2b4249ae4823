package dev.lifeboat.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class JobLockTest {
    @TempDir Path folder;

    @Test
    void isHeldByOneAtATime() throws Exception {
        Path file = folder.resolve("lock");

        try (var _ = JobLock.take(file)) {
            assertThat(JobLock.isHeld(file)).isTrue();
            assertThatThrownBy(() -> JobLock.take(file))
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            e -> assertThat(e.code()).isEqualTo(ProblemCode.JOB_BUSY));
        }
        assertThat(JobLock.isHeld(file)).isFalse();
    }
}
