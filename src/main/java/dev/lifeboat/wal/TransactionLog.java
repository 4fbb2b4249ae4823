package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.time.Instant;
import java.util.Arrays;

/**
 * The ends of transactions in the order of the log, compact: these are the places where recovery to
 * a time or to a transaction can stop. 29 bytes each.
 *
 * <p>Source: {@code src/backend/access/transam/xlogrecovery.c}, recoveryStopsBefore: only commits
 * and aborts are looked at; recovery to a time stops at the first one that lies behind it.
 */
public final class TransactionLog implements WalVisitor {
    private static final int FIRST_CAPACITY = 1024;
    private int size;
    private int[] xids = new int[FIRST_CAPACITY];
    private long[] starts = new long[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private long[] latest = new long[FIRST_CAPACITY];
    private boolean[] aborted = new boolean[FIRST_CAPACITY];

    @Override
    public void transaction(TransactionRecord transaction) {
        TransactionRecord.Kind kind = transaction.kind();
        if (kind.isCommit() || kind.isAbort()) {
            WalRecord record = transaction.record();
            add(
                    transaction.xid(),
                    transaction.timeMicros(),
                    record.start(),
                    (int) (record.end() - record.start()),
                    kind.isAbort());
        }
    }

    private void add(int xid, long time, long start, int length, boolean isAbort) {
        if (size == xids.length) {
            grow();
        }
        xids[size] = xid;
        times[size] = time;
        starts[size] = start;
        lengths[size] = length;
        aborted[size] = isAbort;
        latest[size] = size == 0 ? time : Math.max(time, latest[size - 1]);
        size++;
    }

    private void grow() {
        int capacity = Math.addExact(size, size / 2);
        xids = Arrays.copyOf(xids, capacity);
        starts = Arrays.copyOf(starts, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        times = Arrays.copyOf(times, capacity);
        latest = Arrays.copyOf(latest, capacity);
        aborted = Arrays.copyOf(aborted, capacity);
    }

    /** Adds what follows in the log. */
    public void append(TransactionLog following) {
        for (int i = 0; i < following.size; i++) {
            add(
                    following.xids[i],
                    following.times[i],
                    following.starts[i],
                    following.lengths[i],
                    following.aborted[i]);
        }
    }

    public int size() {
        return size;
    }

    /** The top-level transaction; unsigned. */
    public int xid(int index) {
        return xids[checked(index)];
    }

    public boolean isAbort(int index) {
        return aborted[checked(index)];
    }

    /** By the clock of the server. */
    public Instant time(int index) {
        return PostgresTime.instant(times[checked(index)]);
    }

    /** Where its record starts: recovery that stops before it ends here. */
    public Lsn start(int index) {
        return new Lsn(starts[checked(index)]);
    }

    /** Where its record ends: recovery that includes it ends here. */
    public Lsn end(int index) {
        return new Lsn(starts[checked(index)] + lengths[index]);
    }

    private int checked(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return index;
    }

    /**
     * The first end of a transaction that recovery to this time leaves out, its record and all that
     * follows; {@link #size()} when it would want more log. With {@code inclusive}, what ended at
     * exactly this time is taken in.
     */
    public int firstLeftOut(Instant target, boolean inclusive) {
        long micros = PostgresTime.micros(target);
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (inclusive ? latest[middle] > micros : latest[middle] >= micros) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The first end of a transaction whose record ends behind this position. */
    public int firstEndingAfter(Lsn position) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle).isAfter(position)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** How many of the entries from there on are commits. */
    public long commitsFrom(int index) {
        long commits = 0;
        for (int i = index; i < size; i++) {
            commits += aborted[i] ? 0 : 1;
        }
        return commits;
    }
}
