package dev.lifeboat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {
    @ParameterizedTest
    @CsvSource({
        "42, 42, true",
        "42, 42.0, true",
        "42, 43, false",
        "= open, open, true",
        "= open, closed, false",
        "!= 0, 0, false",
        "!= 0, 1, true",
        ">= 1000, 1000, true",
        ">= 1000, 999, false",
        "> 1000, 1000, false",
        "< 5, 4.9, true",
        "<= 5, 5, true",
        "> 1, many, false",
        "<=0, -1, true",
    })
    void judgesValues(String expectation, String value, boolean holds) {
        assertThat(Expectation.parse(expectation).orElseThrow().holds(value)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ">", "> many", ">= 2026-01-01"})
    void refusesWhatIsNoExpectation(String text) {
        assertThat(Expectation.parse(text)).isEmpty();
    }

    @Test
    void neverHoldsForNull() {
        assertThat(Expectation.parse("!= 1").orElseThrow().holds(null)).isFalse();
    }
}
