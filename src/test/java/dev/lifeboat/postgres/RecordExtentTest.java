package dev.lifeboat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordExtentTest {
    private static final int MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "0/1530E10, 34, 0/1530E38",
        "0/1001FC0, 64, 0/1002000",
        "0/1001FC0, 65, 0/1002020",
        "0/10FFFF8, 16, 0/1100030",
        "0/1000028, 20000, 0/1004E78"
    })
    void countsThePageHeadersInBetween(String begin, long length, String end) {
        assertThat(RecordExtent.end(Lsn.parse(begin), length, MIB)).isEqualTo(Lsn.parse(end));
    }

    @ParameterizedTest
    @CsvSource({"0/1000028, 0/1100000", "0/10FFFF8, 0/1100000"})
    void aSwitchEndsWithItsSegment(String within, String end) {
        assertThat(RecordExtent.segmentEnd(Lsn.parse(within), MIB)).isEqualTo(Lsn.parse(end));
    }
}
