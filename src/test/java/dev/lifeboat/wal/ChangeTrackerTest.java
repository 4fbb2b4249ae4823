package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class ChangeTrackerTest {
    private static final int INSERT = 0x00;
    private static final int DELETE = 0x10;
    private static final RelationFile ONE = new RelationFile(1663, 5, 16384);
    private static final RelationFile TWO = new RelationFile(1663, 5, 16390);

    private final WalBuilder log = new WalBuilder();
    private final List<TransactionChanges> committed = new ArrayList<>();
    private final ChangeTracker tracker = new ChangeTracker(committed::add);

    private void read() throws RecoveryException {
        new WalReader(tracker).read(log.segment(0), log.content(0));
    }

    @Test
    void countsRowsPerTransactionAndRelation() throws RecoveryException {
        long first = log.row(INSERT, 7, ONE);
        log.row(DELETE, 8, ONE);
        log.row(INSERT, 7, TWO);
        log.row(INSERT, 7, ONE);
        long commit = log.commit(7, 0);
        log.commit(8, 0);
        read();

        assertThat(committed).hasSize(2);
        TransactionChanges seven = committed.getFirst();
        assertThat(seven.xid()).isEqualTo(7);
        assertThat(seven.firstRecord()).isEqualTo(new Lsn(first));
        assertThat(seven.commit()).isEqualTo(new Lsn(commit));
        assertThat(seven.relations())
                .containsExactly(
                        new TransactionChanges.Rows(ONE, 2, 0, 0),
                        new TransactionChanges.Rows(TWO, 1, 0, 0));
        assertThat(committed.getLast().relations())
                .containsExactly(new TransactionChanges.Rows(ONE, 0, 0, 1));
    }

    @Test
    void takesInCommittedSubtransactionsAndNoOthers() throws RecoveryException {
        long first = log.row(INSERT, 8, ONE);
        log.row(INSERT, 7, ONE);
        log.row(DELETE, 9, ONE);
        log.abort(9, 0);
        log.commit(7, 0, 8);
        read();

        assertThat(committed).hasSize(1);
        assertThat(committed.getFirst().relations())
                .containsExactly(new TransactionChanges.Rows(ONE, 2, 0, 0));
        assertThat(committed.getFirst().firstRecord()).isEqualTo(new Lsn(first));
        assertThat(tracker.openCount()).isZero();
    }

    @Test
    void takesBackASpeculativeInsert() throws RecoveryException {
        log.row(INSERT, 7, ONE);
        log.record(
                10,
                DELETE,
                7,
                new byte[] {0, 0, 0, 0, 0, 0, 0, 1 << 3},
                new WalBuilder.Block(0, ONE, 0, 0));
        log.commit(7, 0);
        read();

        assertThat(committed.getFirst().relations())
                .containsExactly(new TransactionChanges.Rows(ONE, 0, 0, 0));
    }

    @Test
    void forgetsWhatDiedWithTheServerAndKeepsWhatWasPrepared() throws RecoveryException {
        log.row(INSERT, 7, ONE);
        log.row(INSERT, 8, ONE);
        prepare(8, "kept");
        shutdownCheckpoint();
        long commit = commitPrepared(8);
        log.commit(7, 0);
        read();

        assertThat(committed).hasSize(2);
        assertThat(committed.getFirst().xid()).isEqualTo(8);
        assertThat(committed.getFirst().commit()).isEqualTo(new Lsn(commit));
        assertThat(committed.getFirst().relations())
                .containsExactly(new TransactionChanges.Rows(ONE, 1, 0, 0));
        assertThat(committed.getLast().relations()).isEmpty();
    }

    @Test
    void forgetsWhatTheServerSaysIsOver() throws RecoveryException {
        log.row(INSERT, -3, ONE);
        log.row(INSERT, 5, ONE);
        log.record(8, 0x10, 0, new Fields().i32(0).i32(0).i32(0).i32(9).i32(5).i32(4).done());
        read();

        assertThat(tracker.openCount()).isEqualTo(1);
    }

    @Test
    void tellsFilesThatWentAndCame() throws RecoveryException {
        log.record(2, 0x10, 7, new Fields().relation(TWO).i32(0).done());
        log.record(2, 0x10, 7, new Fields().relation(TWO).i32(1).done());
        log.record(
                1,
                0x80,
                7,
                new Fields().i64(0).i32(1 | 4).i32(5).i32(1663).i32(1).relation(ONE).done());
        read();

        assertThat(committed.getFirst().created()).containsExactly(TWO);
        assertThat(committed.getFirst().dropped()).containsExactly(ONE);
        assertThat(committed.getFirst().database()).isEqualTo(5);
    }

    private void prepare(int xid, String gid) {
        byte[] name = (gid + "\0").getBytes(StandardCharsets.UTF_8);
        var main = new Fields().i32(0x57F94534).i32(0).i32(xid).i32(5).i64(0).i32(10).zeroes(24);
        main.i8(0).i8(0).i16(name.length).i64(0).i64(0).bytes(name).zeroes(8);
        log.record(1, 0x10, xid, main.done());
    }

    private long commitPrepared(int xid) {
        return log.record(1, 0x30 | 0x80, 0, new Fields().i64(0).i32(1 << 4).i32(xid).done());
    }

    private void shutdownCheckpoint() {
        log.record(0, 0x00, 0, new Fields().i64(0).i32(1).i32(1).zeroes(72).done());
    }
}
