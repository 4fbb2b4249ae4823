package dev.lifeboat.ui.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

class TimeTextTest {
    private static final Instant NOW = Instant.parse("2026-11-23T03:56:23Z");
    private final TimeText times =
            new TimeText(Clock.fixed(NOW, ZoneOffset.UTC), ZoneId.of("Europe/Rome"));

    @Test
    void writesUtcAndLocalTogether() {
        assertThat(times.both(NOW)).isEqualTo("2026-11-23 03:56:23Z (04:56:23 CET)");
    }

    @Test
    void namesTheLocalDayWhereItIsAnother() {
        assertThat(times.local(Instant.parse("2026-11-22T23:30:00Z")))
                .isEqualTo("11-23 00:30:00 CET");
    }

    @Test
    void tellsAgesInTheirTwoLargestUnits() {
        assertThat(times.ago(NOW.minusSeconds(252))).isEqualTo("4 m 12 s ago");
        assertThat(times.ago(NOW.plusSeconds(3 * 3600 + 300))).isEqualTo("in 3 h 5 m");
        assertThat(times.ago(NOW)).isEqualTo("now");
    }
}
