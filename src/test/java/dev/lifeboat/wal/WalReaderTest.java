package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.OptionalLong;

class WalReaderTest {
    private static final RelationFile TABLE = new RelationFile(1663, 5, 16384);
    private final WalBuilder log = new WalBuilder();
    private final ToldRecords told = new ToldRecords();

    private WalEnd readAll() throws RecoveryException {
        var reader = new WalReader(told);
        WalEnd end = null;
        for (int i = 0; i < log.segmentCount(); i++) {
            end = reader.read(log.segment(i), log.content(i));
        }
        return end;
    }

    /** Fills the log up to the end of a page, so that the next record starts a new one. */
    private void fillSegments(int count) {
        while (log.segmentCount() <= count) {
            log.filler(9, 3000);
        }
    }

    @ParameterizedTest
    @EnumSource(WalVersion.class)
    void readsTheLogOfEveryVersion(WalVersion version) throws RecoveryException {
        var versioned = new WalBuilder(version, 3);
        long first = versioned.row(0x00, 7, TABLE);
        long second = versioned.commit(7, 0, 8, 9);

        WalEnd end = new WalReader(told).read(versioned.segment(0), versioned.content(0));

        assertThat(told.records).hasSize(4);
        assertThat(told.records.getFirst()).startsWith(new Lsn(first) + " ");
        assertThat(told.records.getLast()).isEqualTo(" COMMIT 7 2000-01-01 00:00:00.000000 [8 9]");
        assertThat(end.kind()).isEqualTo(WalEnd.Kind.ZEROES);
        assertThat(end.lastRecord()).contains(new Lsn(second));
        assertThat(end.end()).isEqualTo(new Lsn(versioned.position()));
        assertThat(end.resumesAt()).isEmpty();
    }

    @Test
    void putsRecordsTogetherAcrossPagesAndSegments() throws RecoveryException {
        log.filler(1, 3 * WalBuilder.SEGMENT_BYTES);
        log.commit(1, 0);

        WalEnd end = readAll();

        assertThat(told.records).hasSize(3);
        assertThat(end.end().value()).isEqualTo(log.position());
    }

    @Test
    void findsTheFirstRecordBehindTheRestOfALongOne() throws RecoveryException {
        log.filler(1, WalBuilder.SEGMENT_BYTES + 20_000);
        long second = log.commit(1, 0);

        WalEnd end = new WalReader(told).read(log.segment(1), log.content(1));

        assertThat(told.records).hasSize(2);
        assertThat(told.records.getFirst()).startsWith(new Lsn(second) + " ");
        assertThat(end.kind()).isEqualTo(WalEnd.Kind.ZEROES);
    }

    @Test
    void saysThatTheNextSegmentIsWanted() throws RecoveryException {
        log.commit(1, 0);
        long open = log.filler(1, WalBuilder.SEGMENT_BYTES);

        WalEnd end = new WalReader(told).read(log.segment(0), log.content(0));

        assertThat(end.isComplete()).isTrue();
        assertThat(end.openRecord()).contains(new Lsn(open));
    }

    @Test
    void passesOverWhatFollowsASwitch() throws RecoveryException {
        log.commit(1, 0);
        log.switchSegment();
        log.commit(2, 0);
        Arrays.fill(log.content(0), 50_000, WalBuilder.SEGMENT_BYTES, (byte) 0xEE);

        WalEnd end = readAll();

        assertThat(told.records).hasSize(5);
        assertThat(told.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        WalEvent.Switch.class,
                        s -> assertThat(s.end()).isEqualTo(log.segment(1).start()));
        assertThat(end.kind()).isEqualTo(WalEnd.Kind.ZEROES);
    }

    @Test
    void dropsTheRecordThatACrashCutOff() throws RecoveryException {
        log.commit(1, 0);
        long cut = log.position();
        var cutOff = new WalBuilder();
        cutOff.commit(1, 0);
        cutOff.filler(2, 30_000);
        log.overwriteFromNextPage();
        log.record(0, 0xD0, 0, new Fields().i64(cut).i64(0).done());
        System.arraycopy(
                cutOff.content(0),
                (int) cut % WalBuilder.SEGMENT_BYTES,
                log.content(0),
                (int) cut % WalBuilder.SEGMENT_BYTES,
                2000);

        WalEnd end = readAll();

        assertThat(told.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        WalEvent.ContinuationOverwritten.class,
                        e -> assertThat(e.overwritten()).isEqualTo(new Lsn(cut)));
        assertThat(end.end().value()).isEqualTo(log.position());
    }

    @Test
    void readsAStreamAsItReadsBytes() throws Exception {
        fillSegments(2);
        var fromStream = new ToldRecords();
        readAll();

        var reader = new WalReader(fromStream);
        for (int i = 0; i < log.segmentCount(); i++) {
            reader.read(log.segment(i), new ByteArrayInputStream(log.content(i)));
        }

        assertThat(fromStream.records).isEqualTo(told.records);
    }

    @Test
    void followsTheLogOntoALaterTimeline() throws RecoveryException {
        log.filler(1, 1000);
        log.onTimeline(4);
        log.filler(1, WalBuilder.SEGMENT_BYTES);
        var reader = new WalReader(told);

        reader.read(log.segment(0), log.content(0));
        WalEnd end = reader.read(log.segment(1), log.content(1));

        assertThat(end.kind()).isEqualTo(WalEnd.Kind.ZEROES);
        assertThat(reader.timeline()).isEqualTo(new TimelineId(4));
    }

    @Test
    void refusesPagesOfATimelineThatTheNameDoesNotReach() throws RecoveryException {
        log.filler(1, 1000);
        log.onTimeline(4);
        log.filler(1, 30_000);
        log.onTimeline(3);

        WalEnd end = new WalReader(told).read(log.segment(0), log.content(0));

        assertThat(end.kind()).isEqualTo(WalEnd.Kind.DAMAGED);
        assertThat(end.detail()).contains("timeline 4");
        told.records.clear();
        log.onTimeline(1);
        var whole = new WalBuilder().onTimeline(2);
        whole.commit(1, 0);
        assertProblem(log.segment(0), whole.content(0), ProblemCode.WAL_DAMAGED, "timeline 2");
    }

    @Test
    void refusesThatTimelinesGoBack() throws RecoveryException {
        log.onTimeline(4).filler(1, 10_000);
        log.onTimeline(3).filler(1, 30_000);
        log.onTimeline(5);

        WalEnd end = new WalReader(told).read(log.segment(0), log.content(0));

        assertThat(end.kind()).isEqualTo(WalEnd.Kind.DAMAGED);
        assertThat(end.detail()).contains("timeline 3 and comes after timeline 4");
    }

    @Test
    void refusesASegmentOfAnotherCluster() throws RecoveryException {
        log.commit(1, 0);
        var foreign = new WalBuilder().ofSystem(99);
        foreign.commit(1, 0);

        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(
                        () ->
                                new WalReader(told, OptionalLong.of(WalBuilder.SYSTEM))
                                        .read(foreign.segment(0), foreign.content(0)))
                .matches(e -> e.code() == ProblemCode.SYSTEM_IDENTIFIER_FOREIGN)
                .withMessageContaining("99");
        assertThat(told.records).isEmpty();
    }

    @Test
    void refusesAForeignSegmentInTheMiddleOfTheLog() throws RecoveryException {
        fillSegments(1);
        var foreign = new WalBuilder(WalVersion.POSTGRESQL_15, 4).ofSystem(99);
        foreign.commit(1, 0);
        var newer = new WalBuilder(WalVersion.POSTGRESQL_18, 4);
        newer.commit(1, 0);
        var reader = new WalReader(told);
        reader.read(log.segment(0), log.content(0));

        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> reader.read(log.segment(1), foreign.content(0)))
                .matches(e -> e.code() == ProblemCode.SYSTEM_IDENTIFIER_FOREIGN);
        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> reader.read(log.segment(1), newer.content(0)))
                .matches(e -> e.code() == ProblemCode.VERSION_MISMATCH);
        assertThat(reader.read(log.segment(1), log.content(1)).kind())
                .isEqualTo(WalEnd.Kind.ZEROES);
    }

    @ParameterizedTest
    @CsvSource({
        "D10D, PostgreSQL 14",
        "D097, PostgreSQL 10",
        "D119, later than 18",
        "10D1, big-endian"
    })
    void namesOtherVersionsAndRefusesThem(String magic, String name) {
        log.commit(1, 0);
        int value = Integer.parseInt(magic, 16);
        log.content(0)[0] = (byte) value;
        log.content(0)[1] = (byte) (value >>> 8);

        assertProblem(log.segment(0), log.content(0), ProblemCode.VERSION_MISMATCH, name);
    }

    @ParameterizedTest
    @CsvSource({"28B52FFD, zstd", "1F8B0808, gzip", "53616C74, openssl", "CAFEBABE, CAFEBABE"})
    void saysWhatAFileIsThatIsNoSegment(String start, String name) {
        log.commit(1, 0);
        byte[] mark = java.util.HexFormat.of().parseHex(start);
        System.arraycopy(mark, 0, log.content(0), 0, mark.length);

        assertProblem(log.segment(0), log.content(0), ProblemCode.WAL_DAMAGED, name);
    }

    @Test
    void refusesAnotherSegmentSizeOrPageSize() {
        log.commit(1, 0);
        var larger = new WalSegment(TimelineId.FIRST, 0, 16 << 20);

        assertProblem(larger, log.content(0), ProblemCode.WAL_DAMAGED, "1048576 bytes");
        log.content(0)[37] = 0x40;
        assertProblem(log.segment(0), log.content(0), ProblemCode.VERSION_MISMATCH, "16384 bytes");
    }

    private void assertProblem(WalSegment segment, byte[] content, ProblemCode code, String text) {
        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> new WalReader(told).read(segment, content))
                .matches(e -> e.code() == code)
                .withMessageContaining(text);
        assertThat(told.records).isEmpty();
    }

    @Test
    void readsNoFurtherThanTheEnd() throws RecoveryException {
        log.commit(1, 0);
        var reader = new WalReader(told);
        reader.read(log.segment(0), log.content(0));

        assertThatIllegalStateException()
                .isThrownBy(() -> reader.read(log.segment(1), new byte[0]));
    }

    @Test
    void takesNoSegmentThatDoesNotFollow() throws RecoveryException {
        fillSegments(1);
        var reader = new WalReader(told);
        reader.read(log.segment(0), log.content(0));

        assertThatIllegalStateException()
                .isThrownBy(() -> reader.read(log.segment(2), new byte[0]));
    }
}
