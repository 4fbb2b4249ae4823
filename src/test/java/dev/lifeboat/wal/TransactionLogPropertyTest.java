package dev.lifeboat.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.List;

/** Against the rule of the server, applied to one transaction after the other. */
class TransactionLogPropertyTest {
    @Property(tries = 200)
    void leavesOutWhatTheServerWouldLeaveOut(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 30) Integer> times,
            @ForAll @IntRange(min = -1, max = 31) int target,
            @ForAll boolean inclusive)
            throws RecoveryException {
        TransactionLog log = logOf(times);

        int expected = times.size();
        for (int i = times.size() - 1; i >= 0; i--) {
            if (inclusive ? times.get(i) > target : times.get(i) >= target) {
                expected = i;
            }
        }

        assertThat(log.firstLeftOut(PostgresTime.instant(target), inclusive)).isEqualTo(expected);
    }

    @Property(tries = 100)
    void findsPositions(@ForAll @Size(max = 60) List<@IntRange(min = 0, max = 30) Integer> times)
            throws RecoveryException {
        TransactionLog log = logOf(times);

        for (int i = 0; i < log.size(); i++) {
            assertThat(log.firstEndingAfter(log.end(i))).isEqualTo(i + 1);
            assertThat(log.firstEndingAfter(log.end(i).plus(-1))).isEqualTo(i);
            assertThat(log.xid(i)).isEqualTo(100 + i);
            assertThat(log.isAbort(i)).isEqualTo(i % 3 == 2);
        }
        assertThat(log.firstEndingAfter(Lsn.ZERO)).isZero();
        assertThat(log.commitsFrom(0)).isEqualTo(times.size() - times.size() / 3);
    }

    /** Every third one aborts; microseconds after the epoch of PostgreSQL. */
    private static TransactionLog logOf(List<Integer> times) throws RecoveryException {
        var wal = new WalBuilder();
        wal.filler(1, 8);
        for (int i = 0; i < times.size(); i++) {
            if (i % 3 == 2) {
                wal.abort(100 + i, times.get(i));
            } else {
                wal.commit(100 + i, times.get(i));
            }
        }
        var first = new TransactionLog();
        new WalReader(first).read(wal.segment(0), wal.content(0));
        var log = new TransactionLog();
        log.append(first);
        return log;
    }
}
