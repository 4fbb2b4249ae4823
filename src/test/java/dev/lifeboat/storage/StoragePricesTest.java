package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoragePricesTest {
    @Test
    void pricesAGigabyteOfAMonthByItsClass() {
        assertThat(StoragePrices.listed().monthly("STANDARD", 10L << 30).orElseThrow())
                .isEqualByComparingTo("0.23");
        assertThat(StoragePrices.listed().monthly("DEEP_ARCHIVE", 1L << 29).orElseThrow())
                .isEqualByComparingTo("0.000495");
        assertThat(StoragePrices.listed().monthly("SOMETHING_NEW", 1L << 30)).isEmpty();
    }

    @Test
    void replacesSomeListPricesAndAddsClasses() {
        StoragePrices own = StoragePrices.parse("STANDARD=0.02, SOMETHING_NEW=1").orElseThrow();

        assertThat(own.byClass().get("STANDARD")).isEqualByComparingTo("0.02");
        assertThat(own.byClass().get("SOMETHING_NEW")).isEqualByComparingTo("1");
        assertThat(own.byClass().get("GLACIER")).isEqualByComparingTo("0.0036");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "STANDARD", "STANDARD=-1", "STANDARD=1,", "standard=1", "STANDARD=x"})
    void takesNothingElse(String text) {
        assertThat(StoragePrices.parse(text)).isEmpty();
    }
}
