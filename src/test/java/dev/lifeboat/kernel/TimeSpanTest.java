package dev.lifeboat.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class TimeSpanTest {
    @Test
    void tellsTheTwoLargestUnits() {
        assertThat(told(0)).isEqualTo("0 s");
        assertThat(told(59)).isEqualTo("59 s");
        assertThat(told(60)).isEqualTo("1 m");
        assertThat(told(324)).isEqualTo("5 m 24 s");
        assertThat(told(3600)).isEqualTo("1 h");
        assertThat(told(7500)).isEqualTo("2 h 5 m");
        assertThat(told(100 * 3600)).isEqualTo("4 d 4 h");
        assertThat(told(86_400)).isEqualTo("1 d");
    }

    @Test
    void aNegativeSpanIsNone() {
        assertThat(told(-5)).isEqualTo("0 s");
    }

    @Test
    void tellsOneUnitWhereThereIsRoomForOne() {
        assertThat(TimeSpan.roughly(Duration.ofSeconds(752))).isEqualTo("12 m");
        assertThat(TimeSpan.roughly(Duration.ofHours(30))).isEqualTo("30 h");
        assertThat(TimeSpan.roughly(Duration.ofHours(220))).isEqualTo("9 d");
    }

    private static String told(long seconds) {
        return TimeSpan.told(Duration.ofSeconds(seconds));
    }
}
