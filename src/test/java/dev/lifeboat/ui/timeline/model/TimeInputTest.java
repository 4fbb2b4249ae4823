package dev.lifeboat.ui.timeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;

class TimeInputTest {
    private final TimeInput input =
            new TimeInput(Instant.parse("2026-11-23T04:00:00Z"), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "now | 2026-11-23T04:00:00Z",
                "now-15m | 2026-11-23T03:45:00Z",
                "now - 1 h | 2026-11-23T03:00:00Z",
                "-1h30m | 2026-11-23T02:30:00Z",
                "-2d | 2026-11-21T04:00:00Z",
                "2026-11-23 02:52 | 2026-11-23T02:52:00Z",
                "2026-11-23T02:52:07.5+01:00 | 2026-11-23T01:52:07.500Z",
                "02:52 | 2026-11-23T02:52:00Z",
                "2:52:07 | 2026-11-23T02:52:07Z",
                "23:10 | 2026-11-22T23:10:00Z",
                "02:52 CET | 2026-11-23T01:52:00Z",
                "02:52 local | 2026-11-23T01:52:00Z",
                "1795402327 | 2026-11-23T02:52:07Z",
                "1795402327.25 | 2026-11-23T02:52:07.250Z",
                "1795402327123.25 | 2026-11-23T02:52:07.123250Z",
                "1795402327123 | 2026-11-23T02:52:07.123Z",
                "1795402327123456 | 2026-11-23T02:52:07.123456Z",
                "2026-11-23 02:52:07.123 UTC [123] LOG:  statement: DROP | 2026-11-23T02:52:07.123Z",
                "2026-11-23 03:52:07.123 CET [123] ERROR:  relation | 2026-11-23T02:52:07.123Z",
                "2026-11-23 02:52:07,123 INFO worker-3 done | 2026-11-23T02:52:07.123Z",
                "10.0.0.1 - - [23/Nov/2026:03:52:07 +0100] \"GET /\" | 2026-11-23T02:52:07Z",
                "2026-11-23 02:52:07 E worker stopped | 2026-11-23T02:52:07Z",
                "2026-11-23 02:52:07 - 5 left | 2026-11-23T02:52:07Z",
                "04:04 | 2026-11-23T04:04:00Z",
                "04:06 | 2026-11-22T04:06:00Z",
                "Nov 23 02:52:07 db postgres[4]: shutting down | 2026-11-23T02:52:07Z",
                "Dec 24 02:52:07 db postgres[4]: shutting down | 2025-12-24T02:52:07Z",
            })
    void readsWhatPeopleTypeAndPaste(String typed, String expected) throws RecoveryException {
        assertThat(input.parse(typed).instant()).isEqualTo(Instant.parse(expected));
    }

    @Test
    void saysThatUtcWasAssumed() throws RecoveryException {
        assertThat(input.parse("2026-11-23 02:52").note()).isEqualTo("taken as UTC");
        assertThat(input.parse("2026-11-23 02:52Z").note()).isEmpty();
        assertThat(input.parse("23:10").note()).isEqualTo("yesterday, taken as UTC");
    }

    @Test
    void saysThatALocalHourComesTwice() throws RecoveryException {
        assertThat(input.parse("2026-10-25 02:30 local").note()).contains("comes twice");
        assertThat(input.parse("2026-10-25 02:30 CEST").instant())
                .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(input.parse("2026-10-25 02:30 CET").instant())
                .isEqualTo(Instant.parse("2026-10-25T01:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-13-45 99:99",
                "25:61",
                "2026-11-23 02:52 PST",
                "-",
                "2026-11-23 02:52 PM",
                "2:52 PM",
                "02:52pm",
                "2026-11-23 02:52:07 -5",
                "2026-11-23 02:52:07+5:30",
                "2026-11-23 02:52 UTC+2",
                "02:52 -5",
                "2026-11-23 02:52:071",
                "2026-11-23 02:52:07:5"
            })
    void refusesWhatItWouldHaveToGuess(String typed) {
        assertThatThrownBy(() -> input.parse(typed))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused -> assertThat(refused.problem().remedy()).isNotEmpty());
    }
}
