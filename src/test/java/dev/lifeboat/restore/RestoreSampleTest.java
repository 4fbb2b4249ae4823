package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.journal.JobSocket;
import dev.lifeboat.kernel.Lsn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class RestoreSampleTest {
    @TempDir Path folder;

    @Test
    void isReadAsItWasWritten() {
        var sample =
                new RestoreSample(
                        Stage.REPLAY,
                        10,
                        20,
                        3,
                        7,
                        List.of("base 3 (61.2 MiB)", "base 4 (12 KiB)"),
                        2,
                        "S3",
                        Optional.of(Lsn.parse("0/3000060")),
                        Optional.of(Instant.parse("2026-11-23T02:52:07.123456Z")),
                        Optional.of(new StagePace(Stage.REPLAY, 1.5, 33, 67)));

        assertThat(RestoreSample.parse(sample.line())).isEqualTo(sample);
    }

    @Test
    void thePaceOfAnEarlierStageIsNotTold() {
        var progress = new RestoreProgress();
        progress.enter(Stage.FETCH);
        var fast = new StagePace(Stage.FETCH, 10, 2, 4);
        progress.measured(Optional.of(fast));
        assertThat(RestoreSample.of(progress).pace()).contains(fast);

        progress.enter(Stage.REPLAY);

        assertThat(RestoreSample.of(progress).pace()).isEmpty();
    }

    @Test
    void saysWhatTheProcessCounts() {
        var progress = new RestoreProgress();
        progress.enter(Stage.FETCH);
        progress.fetched().setTotal(100);
        progress.fetched().add(40);
        progress.fetched().countRetry();
        progress.fetched().waitFor("S3");
        progress.fetched().begin("base 1 (8 KiB)").close();
        try (var _ = progress.fetched().begin("base 2 (8 KiB)")) {
            assertThat(RestoreSample.of(progress).inFlight()).containsExactly("base 2 (8 KiB)");
        }

        RestoreSample sample = RestoreSample.of(progress);

        assertThat(sample.fetchedBytes()).isEqualTo(40);
        assertThat(sample.totalBytes()).isEqualTo(100);
        assertThat(sample.inFlight()).isEmpty();
        assertThat(sample.retries()).isEqualTo(1);
        assertThat(sample.waitingFor()).isEqualTo("S3");
        assertThat(sample.replayed()).isEmpty();
    }

    @Test
    void isAskedForOverTheJobsSocket() throws Exception {
        var progress = new RestoreProgress();
        progress.enter(Stage.PLACE);
        try (var _ = JobSocket.listen(folder, line -> RestoreSample.of(progress).line())) {
            assertThat(RestoreSample.ask(folder).orElseThrow().stage()).isEqualTo(Stage.PLACE);
        }
    }

    @Test
    void isAbsentWhereNoProcessListensOrOneAnswersSomethingElse() throws Exception {
        assertThat(RestoreSample.ask(folder)).isEmpty();
        try (var _ = JobSocket.listen(folder, line -> "unknown request")) {
            assertThat(RestoreSample.ask(folder)).isEmpty();
        }
        assertThatThrownBy(() -> RestoreSample.parse("{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
