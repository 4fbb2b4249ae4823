package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** How the end of the log is told from damage. */
class WalDamageTest {
    private static final int PAGE = WalPage.BYTES;
    private final WalBuilder log = new WalBuilder();
    private final ToldRecords good = new ToldRecords();
    private final ToldRecords told = new ToldRecords();

    /** A full segment of records of 1,000 to 2,000 bytes. */
    private byte[] fullSegment() throws RecoveryException {
        int size = 1000;
        while (log.segmentCount() < 2) {
            log.filler(7, size);
            size = size < 2000 ? size + 13 : 1000;
        }
        WalEnd end = new WalReader(good).read(log.segment(0), log.content(0));
        assertThat(end.isComplete()).isTrue();
        return log.content(0);
    }

    private WalEnd read(byte[] content) throws RecoveryException {
        return new WalReader(told, OptionalLong.of(WalBuilder.SYSTEM))
                .read(log.segment(0), content);
    }

    private void assertPrefix() {
        assertThat(told.records).isEqualTo(good.records.subList(0, told.records.size()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 8191, 8192, 8193, 500_000, 1_040_384, 1_048_575})
    void toldHowMuchIsThereWhenCutShort(int bytes) throws RecoveryException {
        byte[] content = Arrays.copyOf(fullSegment(), bytes);

        WalEnd end = read(content);

        assertThat(end.kind()).isEqualTo(WalEnd.Kind.WRONG_SIZE);
        assertThat(end.detail()).contains(bytes + " bytes instead of 1048576");
        assertPrefix();
    }

    @Test
    void tooMuchIsNoSegmentEither() throws RecoveryException {
        WalEnd end = read(Arrays.copyOf(fullSegment(), (1 << 20) + 1));

        assertThat(end.kind()).isEqualTo(WalEnd.Kind.WRONG_SIZE);
        assertThat(end.isComplete()).isFalse();
    }

    @Test
    void aSegmentOfZeroesEndsTheLogAtItsStart() throws RecoveryException {
        WalEnd end = read(new byte[1 << 20]);

        assertThat(end.kind()).isEqualTo(WalEnd.Kind.ZEROES);
        assertThat(end.end()).isEqualTo(log.segment(0).start());
        assertThat(end.lastRecord()).isEmpty();
    }

    @Test
    void zeroesToTheEndAreAnEnd() throws RecoveryException {
        byte[] content = fullSegment();
        Arrays.fill(content, 600_000, content.length, (byte) 0);

        WalEnd end = read(content);

        assertThat(end.kind()).isIn(WalEnd.Kind.ZEROES, WalEnd.Kind.DAMAGED);
        assertThat(end.resumesAt()).isEmpty();
        assertPrefix();
    }

    @Test
    void zeroesWithLogBehindThemAreAHole() throws RecoveryException {
        byte[] content = fullSegment();
        Arrays.fill(content, 64 * PAGE, 70 * PAGE, (byte) 0);

        WalEnd end = read(content);

        assertThat(end.kind()).isEqualTo(WalEnd.Kind.DAMAGED);
        assertThat(end.resumesAt()).contains(log.segment(0).start().plus(70L * PAGE));
        assertThat(end.problem().toString()).contains("goes on at");
        assertPrefix();
    }

    @Test
    void oldContentOfARecycledFileIsAnEnd() throws RecoveryException {
        byte[] old = fullSegment();
        var now = new WalBuilder(WalVersion.POSTGRESQL_15, 9);
        for (int i = 0; i < 20; i++) {
            now.filler(8, 5000);
        }
        int written = (int) (now.position() % (1 << 20));
        int pages = (written + PAGE - 1) / PAGE * PAGE;
        System.arraycopy(old, pages, now.content(0), pages, (1 << 20) - pages);

        WalEnd end = new WalReader(told).read(now.segment(0), now.content(0));

        assertThat(end.kind()).isIn(WalEnd.Kind.ZEROES, WalEnd.Kind.OLD_CONTENT);
        assertThat(end.end()).isEqualTo(new Lsn(now.position()));
        assertThat(end.resumesAt()).isEmpty();
    }

    @Test
    void aRecycledFileNotYetWrittenEndsTheLogAtItsStart() throws RecoveryException {
        byte[] old = fullSegment();

        WalEnd end = new WalReader(told).read(new WalSegment(TimelineId.FIRST, 9, 1 << 20), old);

        assertThat(end.kind()).isEqualTo(WalEnd.Kind.OLD_CONTENT);
        assertThat(end.detail()).contains("0/300000");
        assertThat(told.records).isEmpty();
    }

    @Test
    void aRecordTornBySomethingOldIsOpen() throws RecoveryException {
        byte[] content = fullSegment();
        byte[] old =
                new WalBuilder(WalVersion.POSTGRESQL_15, 1).filler(1, 1_000_000) > 0
                        ? oldSegment()
                        : content;
        System.arraycopy(old, 64 * PAGE, content, 64 * PAGE, 64 * PAGE);

        WalEnd end = read(content);

        assertThat(end.kind()).isEqualTo(WalEnd.Kind.OLD_CONTENT);
        assertThat(end.openRecord()).isPresent();
        assertPrefix();
    }

    private static byte[] oldSegment() {
        var old = new WalBuilder(WalVersion.POSTGRESQL_15, 1);
        while (old.segmentCount() < 2) {
            old.filler(1, 3000);
        }
        return old.content(0);
    }

    @Test
    void archivedSegmentsHaveToBeWhole() throws RecoveryException {
        byte[] content = fullSegment();
        content[500_000] ^= 1;

        WalEnd end = read(content);

        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(end::requireComplete)
                .matches(e -> e.code() == ProblemCode.WAL_DAMAGED)
                .withMessageContaining(log.segment(0).name());
    }

    /** Every bit of the first page header, of another, and of a record's header. */
    @Test
    void noFlippedBitInAHeaderTellsAnythingFalse() throws RecoveryException {
        byte[] content = fullSegment();
        var harmless = new ArrayList<Integer>();
        for (int at : headerBytes()) {
            for (int bit = 0; bit < 8; bit++) {
                content[at] ^= (byte) (1 << bit);
                told.records.clear();
                if (!endsOrRefuses(content)) {
                    harmless.add(at);
                }
                assertPrefix();
                content[at] ^= (byte) (1 << bit);
            }
        }
        assertThat(harmless).allMatch(WalDamageTest::isUnused);
    }

    private List<Integer> headerBytes() {
        var bytes = new ArrayList<Integer>();
        for (int i = 0; i < WalPage.LONG_HEADER_BYTES + WalRecord.HEADER_BYTES; i++) {
            bytes.add(i);
        }
        for (int i = 0; i < WalPage.SHORT_HEADER_BYTES + 8; i++) {
            bytes.add(20 * PAGE + i);
        }
        return bytes;
    }

    /**
     * What nothing depends on: a flag about images, one that only matters in the middle of a
     * record, the timeline of the first page (it may be a parent's), the length of a continuation
     * on a page that has none, and padding.
     */
    private static boolean isUnused(int at) {
        int field = at % PAGE;
        return field == 2 || (field >= 4 && field < 8) || (field >= 16 && field < 24);
    }

    private boolean endsOrRefuses(byte[] content) {
        try {
            return !read(content).isComplete();
        } catch (RecoveryException refused) {
            return true;
        }
    }

    @Test
    void aRecordThatHoldsLessThanItPromisesIsDamage() throws RecoveryException {
        log.record(1, 0x80, 7, new Fields().i64(0).i32(2).i32(1000).done());

        WalEnd end = read(log.content(0));

        assertThat(end.kind()).isEqualTo(WalEnd.Kind.DAMAGED);
        assertThat(end.detail()).contains("right checksum");
        assertThat(told.records).isEmpty();
    }
}
