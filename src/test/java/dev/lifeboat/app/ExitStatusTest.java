package dev.lifeboat.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.cli.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {
    @ParameterizedTest
    @CsvSource({
        "'', PUBLISHED",
        "restore latest, PUBLISHED",
        "catalog --json wal, PUBLISHED",
        "wal fetch A B, WAL_FETCH",
        "--json wal fetch A B, WAL_FETCH",
        "--profile prod wal fetch A B, WAL_FETCH",
        "--profile=prod wal --json fetch A B, WAL_FETCH",
        "--profile wal fetch, PUBLISHED",
        "wal push pg_wal/A, WAL_PUSH",
        "wal find --kind drop, PUBLISHED",
        "wal salvage D, PUBLISHED",
        "wal index, PUBLISHED",
        "wal, WAL_FETCH",
        "wal fetsh A B, WAL_FETCH",
    })
    void knowsTheCommandByItsWords(String words, ExitStatus expected) {
        assertThat(ExitStatus.of(words.isEmpty() ? new String[0] : words.split(" ")))
                .isEqualTo(expected);
    }

    /** Code, announced by the command itself; the status without and with the launcher. */
    @ParameterizedTest
    @CsvSource({
        "WAL_FETCH, 0, true, 0, 101",
        "WAL_FETCH, 1, true, 1, 102",
        "WAL_FETCH, 0, false, 255, 255",
        "WAL_FETCH, 1, false, 255, 255",
        "WAL_FETCH, 2, true, 255, 255",
        "WAL_FETCH, 7, false, 255, 255",
        "WAL_FETCH, 102, true, 255, 255",
        "WAL_PUSH, 0, true, 0, 101",
        "WAL_PUSH, 0, false, 1, 1",
        "WAL_PUSH, 7, false, 7, 7",
        "WAL_PUSH, 255, true, 125, 125",
        "WAL_PUSH, 101, true, 1, 1",
        "PUBLISHED, 0, false, 0, 0",
        "PUBLISHED, 5, false, 5, 5",
    })
    void letsOnlyWhatTheCommandSaidPassForAnAnswer(
            ExitStatus status, int code, boolean announced, int plain, int privately) {
        var outcome = new Outcome(code, announced);

        assertThat(status.of(outcome, false)).isEqualTo(plain);
        assertThat(status.of(outcome, true)).isEqualTo(privately);
    }

    @Test
    void takesABreakdownForNoAnswer() {
        assertThat(ExitStatus.WAL_FETCH.crashed()).isEqualTo(255);
        assertThat(ExitStatus.WAL_PUSH.crashed()).isEqualTo(1);
        assertThat(ExitStatus.PUBLISHED.crashed()).isEqualTo(1);
    }
}
