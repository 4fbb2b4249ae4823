package dev.lifeboat.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-04-07 14:30:00,2026-04-07T14:30:00Z,true",
        "2026-04-07 14:30:00 UTC,2026-04-07T14:30:00Z,false",
        "2026-04-07T14:30:00Z,2026-04-07T14:30:00Z,false",
        "2026-04-07T14:30:00.123456Z,2026-04-07T14:30:00.123456Z,false",
        "2026-04-07 14:30:00.5+02,2026-04-07T12:30:00.5Z,false",
        "2026-04-07 14:30:00 +02:00,2026-04-07T12:30:00Z,false",
        "2026-04-07 14:30:00-0530,2026-04-07T20:00:00Z,false",
        "2026-04-07T14:30,2026-04-07T14:30:00Z,true",
    })
    void readsTheFormsPeopleWrite(String text, Instant expected, boolean utcAssumed)
            throws Exception {
        assertThat(Timestamps.parse(text)).isEqualTo(new Timestamps.Input(expected, utcAssumed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01 00:00:00",
                "2026-02-30 00:00:00",
                "14:30",
                "1775572200x"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        e -> assertThat(e.code()).isEqualTo(ProblemCode.TIME_UNREADABLE));
    }

    @Test
    void writesTheOffsetOutForPostgres() {
        assertThat(Timestamps.postgres(Instant.parse("2026-04-07T14:30:00.123456Z")))
                .isEqualTo("2026-04-07 14:30:00.123456+00");
        assertThat(Timestamps.postgres(Instant.parse("2026-04-07T14:30:00Z")))
                .isEqualTo("2026-04-07 14:30:00+00");
    }

    @Test
    void showsTheLocalDateOnlyWhereItDiffers() {
        Instant late = Instant.parse("2026-04-07T23:30:00Z");

        assertThat(Timestamps.both(late, ZoneId.of("Europe/Rome")))
                .isEqualTo("2026-04-07 23:30:00Z (2026-04-08 01:30:00 CEST)");
        assertThat(Timestamps.both(late, ZoneId.of("UTC")))
                .isEqualTo("2026-04-07 23:30:00Z (23:30:00 UTC)");
    }

    @Test
    void readsItsOwnKeys() {
        Instant instant = Instant.parse("2026-04-07T14:30:05Z");

        assertThat(Timestamps.key(instant)).isEqualTo("20260407_143005");
        assertThat(Timestamps.parseKey("20260407_143005")).isEqualTo(instant);
    }
}
