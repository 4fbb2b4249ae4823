package dev.lifeboat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

class RowComparisonTest {
    private static final Instant START = Instant.parse("2026-04-07T14:00:00Z");

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void recordThreeTransactions() throws RecoveryException {
        file = folder.resolve("commits.jsonl");
        try (var record = new TrafficRecord(file, Clock.systemUTC())) {
            record.began(1, List.of(put(1, "a|1"), log(2, "1|x")));
            record.committed(1, START.plusSeconds(1));
            record.began(
                    2,
                    List.of(
                            put(1, "a|2"),
                            new Change(AppTable.SCENARIO_LOGS, 2, Optional.empty())));
            record.committed(2, START.plusSeconds(2));
            record.began(3, List.of(put(3, "c|1")));
        }
    }

    @Test
    void expectsWhatWasCommittedByTheInstant() throws Exception {
        ExpectedRows first = ExpectedRows.at(file, START.plusSeconds(1));
        ExpectedRows second = ExpectedRows.at(file, START.plusSeconds(2));

        assertThat(first.rows().get(AppTable.SCENARIOS)).containsExactly(Map.entry(1L, "a|1"));
        assertThat(first.lostCommits()).isEqualTo(1);
        assertThat(second.rows().get(AppTable.SCENARIOS)).containsExactly(Map.entry(1L, "a|2"));
        assertThat(second.rows().get(AppTable.SCENARIO_LOGS)).isEmpty();
        assertThat(second.uncertain()).containsExactly(3L);
    }

    @Test
    void holdsForTheSameRowsWhetherTheUncertainOneIsThereOrNot() throws Exception {
        ExpectedRows expected = ExpectedRows.at(file, START.plusSeconds(2));

        assertThat(compare(expected, Map.of(1L, "a|2")).holds()).isTrue();
        assertThat(compare(expected, Map.of(1L, "a|2", 3L, "c|1")).holds()).isTrue();
    }

    @Test
    void aRowMissingAlteredOrUnexpectedDoesNotHold() throws Exception {
        ExpectedRows expected = ExpectedRows.at(file, START.plusSeconds(2));

        assertThat(compare(expected, Map.of()).missing()).isEqualTo(1);
        assertThat(compare(expected, Map.of(1L, "a|1")).holds()).isFalse();
        assertThat(compare(expected, Map.of(1L, "a|2", 9L, "z|1")).unexpected()).isEqualTo(1);
    }

    @Test
    void aRowTakenOutOfTheRecordByHandDoesNotHold() throws IOException, RecoveryException {
        String text = Files.readString(file);
        String row = "{\"table\":\"scenarios\",\"id\":1,\"content\":\"a|2\"},";
        assertThat(text).contains(row);
        Files.writeString(
                file,
                text.replace("{\"table\":\"scenarios\",\"id\":1,\"content\":\"a|1\"},", "")
                        .replace(row, ""));

        ExpectedRows expected = ExpectedRows.at(file, START.plusSeconds(2));

        assertThat(compare(expected, Map.of(1L, "a|2")).holds()).isFalse();
    }

    @Test
    void anEmptyRecordProvesNothing() throws Exception {
        ExpectedRows expected = ExpectedRows.at(folder.resolve("none"), START);

        assertThat(compare(expected, Map.of()).holds()).isFalse();
    }

    private static RowComparison compare(ExpectedRows expected, Map<Long, String> scenarios) {
        NavigableMap<Long, String> none = new TreeMap<>();
        return RowComparison.of(
                expected,
                Map.of(AppTable.SCENARIOS, new TreeMap<>(scenarios), AppTable.SCENARIO_LOGS, none));
    }

    private static Change put(long id, String content) {
        return new Change(AppTable.SCENARIOS, id, Optional.of(content));
    }

    private static Change log(long id, String content) {
        return new Change(AppTable.SCENARIO_LOGS, id, Optional.of(content));
    }
}
