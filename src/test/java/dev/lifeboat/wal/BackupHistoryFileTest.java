package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

class BackupHistoryFileTest {
    private static final String FILE =
            """
            START WAL LOCATION: 0/2000028 (file 000000010000000000000002)
            STOP WAL LOCATION: 0/2000100 (file 000000010000000000000002)
            CHECKPOINT LOCATION: 0/2000060
            BACKUP METHOD: streamed
            BACKUP FROM: primary
            START TIME: 2026-11-23 15:02:26 UTC
            LABEL: my label: nightly
            START TIMELINE: 1
            STOP TIME: 2026-11-23 15:02:27 CET
            STOP TIMELINE: 1
            """;

    @Test
    void readsWhatTheServerWrites() throws RecoveryException {
        BackupHistoryFile backup = BackupHistoryFile.parse(FILE);

        assertThat(backup.label().start()).isEqualTo(Lsn.parse("0/2000028"));
        assertThat(backup.label().firstSegment(16 << 20).name())
                .isEqualTo("000000010000000000000002");
        assertThat(backup.label().checkpoint()).isEqualTo(Lsn.parse("0/2000060"));
        assertThat(backup.label().label()).isEqualTo("my label: nightly");
        assertThat(backup.label().startTime().instant())
                .contains(Instant.parse("2026-11-23T15:02:26Z"));
        assertThat(backup.label().incrementalFrom()).isEmpty();
        assertThat(backup.stop()).isEqualTo(Lsn.parse("0/2000100"));
        assertThat(backup.stopTimeline()).isEqualTo(TimelineId.FIRST);
    }

    @Test
    void takesNoZoneByItsAbbreviation() throws RecoveryException {
        assertThat(BackupHistoryFile.parse(FILE).stopTime())
                .isEqualTo(new BackupTime("2026-11-23 15:02:27 CET", java.util.Optional.empty()));
    }

    @Test
    void readsTheStartOfAnIncrement() throws RecoveryException {
        BackupLabel label =
                BackupLabel.parse(
                        FILE + "INCREMENTAL FROM LSN: 0/1000028\nINCREMENTAL FROM TLI: 1\n");

        assertThat(label.incrementalFrom()).contains(Lsn.parse("0/1000028"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "START WAL LOCATION: 0/2000028 | START WAL LOCATION: 2000028",
                "START WAL LOCATION | Start WAL location",
                "START TIMELINE: 1 | START TIMELINE: 2",
                "START TIMELINE: 1 | START TIMELINE: -1",
                "STOP WAL LOCATION: 0/2000100 | STOP WAL LOCATION: 0/2000000",
                "STOP TIMELINE: 1 | ''",
                "BACKUP METHOD: streamed | STOP TIMELINE: 1",
                "CHECKPOINT LOCATION: 0/2000060 | CHECKPOINT LOCATION: 0/20000600000"
            })
    void refusesWhatCannotBeTrue(String good, String bad) {
        assertThat(FILE).contains(good);

        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> BackupHistoryFile.parse(FILE.replace(good, bad)))
                .matches(e -> e.code() == ProblemCode.WAL_DAMAGED);
    }

    @Test
    void findsThatTheSegmentSizeIsAnother() throws RecoveryException {
        BackupLabel label = BackupLabel.parse(FILE);

        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> label.firstSegment(64 << 20))
                .matches(e -> e.code() == ProblemCode.WAL_DAMAGED);
    }
}
