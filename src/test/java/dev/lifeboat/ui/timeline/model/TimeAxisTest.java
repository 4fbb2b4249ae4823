package dev.lifeboat.ui.timeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

class TimeAxisTest {
    private final TimeAxis axis = new TimeAxis(ZoneId.of("Europe/Berlin"));

    private static Viewport view(String from, String to) {
        long begin = Micros.of(Instant.parse(from));
        long end = Micros.of(Instant.parse(to));
        return new Viewport(begin, end - begin, 1000, new Span(begin, end));
    }

    @Test
    void theHourThatComesTwiceIsToldApartByItsZone() {
        var view = view("2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z");

        assertThat(axis.ticks(view, 150))
                .extracting(TimeAxis.Tick::utc, TimeAxis.Tick::local)
                .contains(tuple("25 Oct 00:00Z", "02:00 CEST"), tuple("01:00Z", "02:00 CET"));
        assertThat(axis.changes(view))
                .containsExactly(
                        new TimeAxis.ClockChange(
                                Micros.of(Instant.parse("2026-10-25T01:00:00Z")),
                                "CEST → CET: 02:00–03:00 comes twice"));
    }

    @Test
    void theHourThatIsMissingIsSaidToBe() {
        assertThat(axis.changes(view("2026-03-28T23:30:00Z", "2026-03-29T02:30:00Z")))
                .extracting(TimeAxis.ClockChange::label)
                .containsExactly("CET → CEST: 02:00–03:00 does not exist");
    }

    @Test
    void divisionsAreEvenThroughTheChange() {
        List<TimeAxis.Tick> ticks =
                axis.ticks(view("2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z"), 90);

        for (int i = 1; i < ticks.size(); i++) {
            assertThat(ticks.get(i).at() - ticks.get(i - 1).at()).isEqualTo(Micros.HOUR);
        }
    }

    @Test
    void weeksBeginOnMondays() {
        List<TimeAxis.Tick> ticks =
                axis.ticks(view("2026-09-01T00:00:00Z", "2026-11-28T00:00:00Z"), 70);

        assertThat(ticks)
                .allMatch(
                        tick ->
                                Micros.instant(tick.at()).atZone(ZoneOffset.UTC).getDayOfWeek()
                                        == DayOfWeek.MONDAY);
    }

    @Test
    void aTimeIsWrittenAsFineAsItIs() {
        long time = Micros.of(Instant.parse("2026-11-23T22:52:07.123456Z"));

        assertThat(TimeAxis.utc(time)).isEqualTo("2026-11-23 22:52:07.123456Z");
        assertThat(axis.local(time)).isEqualTo("23:52:07.123456 CET");
        assertThat(axis.local(time + Micros.HOUR)).isEqualTo("2026-11-24 00:52:07.123456 CET");
    }
}
