package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Executors;

class SegmentScannerTest {
    private static final long SECOND = 1_000_000;
    private final WalBuilder log = new WalBuilder();
    private final List<WalSegment> opened = new ArrayList<>();

    private SegmentScanner scanner() {
        return new SegmentScanner(
                segment -> {
                    synchronized (opened) {
                        opened.add(segment);
                    }
                    return new ByteArrayInputStream(
                            log.content((int) (segment.number() - log.segment(0).number())));
                },
                OptionalLong.empty());
    }

    private void randomLog(int segments) {
        var random = new Random(7);
        while (log.segmentCount() < segments) {
            int xid = 700 + random.nextInt(1000);
            log.filler(xid, random.nextInt(9000));
            log.commit(xid, random.nextInt(1000) * SECOND);
            if (random.nextInt(20) == 0) {
                log.abort(xid, 0);
            }
        }
    }

    @Test
    void tellsWhatOneSegmentHolds() throws Exception {
        long first = log.filler(702, 100);
        log.commit(702, 20 * SECOND);
        log.abort(703, 25 * SECOND);
        log.restorePoint("before the change", 26 * SECOND);
        long last = log.commit(701, 10 * SECOND);

        SegmentSummary summary = scanner().summarize(log.segment(0), Optional.empty());

        SegmentSummary.Records records = summary.records().orElseThrow();
        assertThat(records.count()).isEqualTo(5);
        assertThat(records.first()).isEqualTo(new Lsn(first));
        assertThat(records.last()).isEqualTo(new Lsn(last));
        assertThat(records.end()).isEqualTo(new Lsn(log.position()));
        SegmentSummary.Commits commits = summary.commits().orElseThrow();
        assertThat(commits.count()).isEqualTo(2);
        assertThat(commits.first()).isEqualTo(Instant.parse("2000-01-01T00:00:20Z"));
        assertThat(commits.last()).isEqualTo(Instant.parse("2000-01-01T00:00:10Z"));
        assertThat(commits.earliest()).isEqualTo(Instant.parse("2000-01-01T00:00:10Z"));
        assertThat(commits.latest()).isEqualTo(Instant.parse("2000-01-01T00:00:20Z"));
        assertThat(summary.aborts()).isEqualTo(1);
        assertThat(summary.xids()).contains(new SegmentSummary.Xids(701, 703));
        assertThat(summary.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        WalEvent.RestorePoint.class,
                        p -> assertThat(p.name()).isEqualTo("before the change"));
        assertThat(summary.version()).isEqualTo(WalVersion.POSTGRESQL_15);
        assertThat(summary.systemIdentifier()).isEqualTo(WalBuilder.SYSTEM);
        assertThat(summary.end().kind()).isEqualTo(WalEnd.Kind.ZEROES);
    }

    @Test
    void ordersTransactionNumbersOnTheirCircle() throws Exception {
        log.commit(-5, 0);
        log.commit(3, 0);

        SegmentSummary summary = scanner().summarize(log.segment(0), Optional.empty());

        assertThat(summary.xids()).contains(new SegmentSummary.Xids(-5, 3));
    }

    @Test
    void manyAtOnceAddUpToTheWholeLog() throws Exception {
        randomLog(12);
        var whole = new TransactionLog();
        var reader = new WalReader(whole);
        var segments = new ArrayList<WalSegment>();
        for (int i = 0; i < log.segmentCount(); i++) {
            segments.add(log.segment(i));
            reader.read(log.segment(i), log.content(i));
        }

        List<SegmentSummary> summaries;
        try (var executor = Executors.newFixedThreadPool(3)) {
            summaries = scanner().summarizeAll(segments, executor, CancelToken.never());
        }

        assertThat(summaries).extracting(SegmentSummary::segment).isEqualTo(segments);
        long ends =
                summaries.stream()
                        .mapToLong(s -> s.aborts() + s.commits().map(c -> c.count()).orElse(0L))
                        .sum();
        assertThat(ends).isEqualTo(whole.size());
        for (int i = 1; i < summaries.size(); i++) {
            assertThat(summaries.get(i - 1).breakBefore(summaries.get(i))).isEmpty();
            assertThat(summaries.get(i - 1).end().openRecord()).isEmpty();
        }
    }

    @Test
    void aRecordMayEndWithItsPageBehindOneThatBeganBeforeTheSegment() throws Exception {
        log.filler(1, WalBuilder.SEGMENT_BYTES + 2 * WalPage.BYTES);
        int room = WalPage.BYTES - (int) (log.position() % WalPage.BYTES);
        log.filler(2, room - WalRecord.HEADER_BYTES - 5);
        assertThat(log.position() % WalPage.BYTES).isZero();
        long last = log.commit(3, 0);
        log.switchSegment();

        SegmentSummary second = scanner().summarize(log.segment(1), Optional.empty());

        assertThat(second.end().isComplete()).isTrue();
        assertThat(second.commits().orElseThrow().count()).isEqualTo(1);
        assertThat(second.records().orElseThrow().last()).isGreaterThan(new Lsn(last));
    }

    @Test
    void anOpenRecordStaysOpenWithoutTheNextSegment() throws Exception {
        long open = log.filler(1, WalBuilder.SEGMENT_BYTES);

        SegmentSummary alone = scanner().summarize(log.segment(0), Optional.empty());
        SegmentSummary completed = scanner().summarize(log.segment(0), Optional.of(log.segment(1)));

        assertThat(alone.end().openRecord()).contains(new Lsn(open));
        assertThat(alone.records()).isEmpty();
        assertThat(completed.end().openRecord()).isEmpty();
        assertThat(completed.records().orElseThrow().end()).isEqualTo(new Lsn(log.position()));
    }

    @Test
    void takesOfTheNextSegmentTheOpenRecordAlone() throws Exception {
        log.filler(1, WalBuilder.SEGMENT_BYTES);
        log.commit(2, 0);

        SegmentSummary summary = scanner().summarize(log.segment(0), Optional.of(log.segment(1)));

        assertThat(summary.records().orElseThrow().count()).isEqualTo(1);
        assertThat(summary.commits()).isEmpty();
    }

    @Test
    void saysWhenTheNextSegmentDoesNotHoldTheRest() throws Exception {
        long open = log.filler(1, WalBuilder.SEGMENT_BYTES);
        log.content(1)[1000] ^= 1;

        SegmentSummary summary = scanner().summarize(log.segment(0), Optional.of(log.segment(1)));

        assertThat(summary.end().openRecord()).contains(new Lsn(open));
        assertThat(summary.end().detail()).contains("checksum");
    }

    @Test
    void findsWhereSegmentsDoNotBelongTogether() throws Exception {
        randomLog(3);
        SegmentSummary first = scanner().summarize(log.segment(0), Optional.of(log.segment(1)));
        SegmentSummary third = scanner().summarize(log.segment(2), Optional.empty());
        var otherLog = new WalBuilder(WalVersion.POSTGRESQL_15, 4);
        otherLog.commit(1, 0);
        SegmentSummary other =
                new SegmentScanner(
                                _ -> new ByteArrayInputStream(otherLog.content(0)),
                                OptionalLong.empty())
                        .summarize(otherLog.segment(0), Optional.empty());

        assertThat(first.breakBefore(third).orElseThrow().why()).contains("does not follow");
        assertThat(first.breakBefore(other).orElseThrow().why()).contains("as the one before it");
        assertThat(third.breakBefore(first).orElseThrow().code())
                .isEqualTo(ProblemCode.WAL_DAMAGED);
    }

    @Test
    void refusesASegmentThatSaysNothing() {
        log.commit(1, 0);
        java.util.Arrays.fill(log.content(0), (byte) 0);

        assertThatExceptionOfType(RecoveryException.class)
                .isThrownBy(() -> scanner().summarize(log.segment(0), Optional.empty()))
                .matches(e -> e.code() == ProblemCode.WAL_DAMAGED);
    }

    @Test
    void stopsWhenAsked() {
        randomLog(3);
        var cancel = new CancelToken();
        cancel.cancel();

        try (var executor = Executors.newSingleThreadExecutor()) {
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(
                            () ->
                                    scanner()
                                            .summarizeAll(
                                                    List.of(log.segment(0)), executor, cancel));
        }
        assertThat(opened).isEmpty();
    }
}
