package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.Lsn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Stream;

class WalNamesTest {
    @ParameterizedTest
    @CsvSource({
        "0/1000000, 16777216, 000000010000000000000001",
        "1/0, 16777216, 000000010000000100000000",
        "0/FFFFFFFF, 16777216, 0000000100000000000000FF",
        "0/FFFFFFFF, 1048576, 000000010000000000000FFF",
        "A/40000000, 1073741824, 000000010000000A00000001",
        "FFFFFFFF/FFFFFFFF, 1073741824, 00000001FFFFFFFF00000003"
    })
    void namesSegmentsAsTheServerDoes(String lsn, int sizeBytes, String name) {
        assertThat(WalSegment.containing(Lsn.parse(lsn), TimelineId.FIRST, sizeBytes).name())
                .isEqualTo(name);
    }

    @Test
    void knowsWhichNamesCannotBeOfASegmentSize() {
        assertThat(WalSegment.parse("0000000100000000000000FF", 16 << 20)).isPresent();
        assertThat(WalSegment.parse("000000010000000000000100", 16 << 20)).isEmpty();
        assertThat(WalSegment.parse("000000010000000000000100", 1 << 20)).isPresent();
        assertThat(WalSegment.parse("000000010000000000000004", 1 << 30)).isEmpty();
        assertThat(WalSegment.parse("00000002.history", 16 << 20)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 3 << 20, 1 << 19, Integer.MIN_VALUE})
    void refusesOtherSegmentSizes(int sizeBytes) {
        assertThatThrownBy(() -> new WalSegment(TimelineId.FIRST, 1, sizeBytes))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsPostgresFilesApart() {
        var two = new TimelineId(2);
        assertThat(WalFileName.parse("000000020000000A000000FF"))
                .isEqualTo(new WalFileName.Segment(two, 10, 255));
        assertThat(WalFileName.parse("000000020000000A000000FF.partial"))
                .isEqualTo(new WalFileName.Partial(two, 10, 255));
        assertThat(WalFileName.parse("00000002.history")).isEqualTo(new WalFileName.History(two));
        assertThat(WalFileName.parse("000000020000000A000000FF.00000028.backup"))
                .isEqualTo(new WalFileName.BackupHistory(two, 10, 255, 0x28));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "000000020000000a000000ff",
                "000000020000000A000000F",
                "000000020000000A000000FF0",
                " 000000020000000A000000FF",
                "000000020000000A000000FF\n",
                "../000000020000000A000000FF",
                "000000000000000A000000FF",
                "000000020000000A000000FF.Partial",
                "000000020000000A000000FF.28.backup",
                "00000002.history.tmp",
                "00000002"
            })
    void takesNothingElseForAWalFile(String name) {
        assertThat(WalFileName.parse(name)).isEqualTo(new WalFileName.Other(name));
    }

    @Test
    void readsEveryArchivedFormAndPutsTheBestFirst() {
        String name = "000000010000000000000001";

        List<ArchivedWal> forms =
                Stream.of("", ".gz", ".zst", ".enc", ".gz.enc", ".zst.enc")
                        .map(suffix -> ArchivedWal.parse(name + suffix).orElseThrow())
                        .sorted()
                        .toList();

        assertThat(forms)
                .extracting(ArchivedWal::objectName)
                .containsExactly(
                        name + ".zst.enc",
                        name + ".gz.enc",
                        name + ".enc",
                        name + ".zst",
                        name + ".gz",
                        name);
        assertThat(forms).allMatch(form -> form.file().name().equals(name));
    }

    @Test
    void findsWalObjectsBelowTheirPrefixAlone() {
        String key = "prod/wal/00000002.history.zst.enc";

        assertThat(ArchivedWal.parseKey("prod/", key).orElseThrow().key("prod/")).isEqualTo(key);
        assertThat(ArchivedWal.parseKey("", key)).isEmpty();
        assertThat(ArchivedWal.parseKey("prod/", "prod/wal/x/00000002.history")).isEmpty();
        assertThat(ArchivedWal.parseKey("prod/", "prod/wal/00000002.history.bz2")).isEmpty();
        assertThat(ArchivedWal.parseKey("prod/", "prod/wal/00000002.history.enc.zst")).isEmpty();
    }
}
