package dev.lifeboat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.restore.RestoreProgress;
import dev.lifeboat.restore.Stage;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.OptionalDouble;

class RestorePaceTest {
    private static final long SECOND = 1_000_000_000;
    private final RestorePace pace = new RestorePace();

    @Test
    void knowsNoEndBeforeAnythingWasMeasured() {
        RestorePace.Seen seen = pace.at(Stage.FETCH, 0, 1000, 0);

        assertThat(seen.rate()).isEmpty();
        assertThat(seen.etaSeconds()).containsExactly(null, null);
    }

    @Test
    void guessesFromWhatWasDoneSinceTheStageBegan() {
        pace.at(Stage.FETCH, 0, 1000, 5 * SECOND);

        RestorePace.Seen seen = pace.at(Stage.FETCH, 200, 1000, 7 * SECOND);

        assertThat(seen.rate()).isEqualTo(OptionalDouble.of(100));
        assertThat(seen.etaSeconds()).containsExactly(6L, 12L);
    }

    @Test
    void whatAnEarlierProcessBroughtIsNoPace() {
        pace.at(Stage.FETCH, 900, 1000, 0);

        RestorePace.Seen seen = pace.at(Stage.FETCH, 910, 1000, 10 * SECOND);

        assertThat(seen.rate()).isEqualTo(OptionalDouble.of(1));
        assertThat(seen.etaSeconds()).containsExactly(68L, 135L);
    }

    @Test
    void eachStageHasAPaceOfItsOwn() {
        pace.at(Stage.FETCH, 0, 1000, 0);
        pace.at(Stage.FETCH, 1000, 1000, SECOND);

        assertThat(pace.at(Stage.REPLAY, 0, 8, 2 * SECOND).rate()).isEmpty();
    }

    @Test
    void aStageThatIsThroughHasNothingLeft() {
        assertThat(pace.at(Stage.FETCH, 1000, 1000, 0).etaSeconds()).containsExactly(0L, 0L);
    }

    @Test
    void replayIsToldInBytesAndInSegments() {
        var progress = new RestoreProgress();
        progress.expectSegments(8, 16 << 20);

        Map<String, Object> line =
                RestoreReporter.line(
                        "x", Stage.REPLAY, pace.at(Stage.REPLAY, 2, 8, 0), "", progress);

        assertThat(line)
                .containsEntry("doneBytes", 32L << 20)
                .containsEntry("totalBytes", 128L << 20)
                .containsEntry("doneSegments", 2L)
                .containsEntry("totalSegments", 8L);
    }

    @Test
    void progressIsToldInBytes() {
        Map<String, Object> line =
                RestoreReporter.line(
                        "x",
                        Stage.FETCH,
                        pace.at(Stage.FETCH, 5, 10, 0),
                        "",
                        new RestoreProgress());

        assertThat(line)
                .containsEntry("doneBytes", 5L)
                .containsEntry("totalBytes", 10L)
                .doesNotContainKey("doneSegments");
    }
}
