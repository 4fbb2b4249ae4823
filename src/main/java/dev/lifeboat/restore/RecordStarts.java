package dev.lifeboat.restore;

import dev.lifeboat.kernel.Lsn;

import java.util.Arrays;
import java.util.Optional;

/** Where the records of a segment start, in log order. Immutable. */
final class RecordStarts {
    private final long[] starts;

    /** Takes over the array, which must be ascending. */
    RecordStarts(long... starts) {
        this.starts = starts;
    }

    boolean isEmpty() {
        return starts.length == 0;
    }

    Lsn last() {
        return new Lsn(starts[starts.length - 1]);
    }

    /** The last record that starts before this position, or empty. */
    Optional<Lsn> lastBefore(Lsn lsn) {
        int index = indexFrom(lsn) - 1;
        return index < 0 ? Optional.empty() : Optional.of(new Lsn(starts[index]));
    }

    /** The first record that starts at this position or after it, or empty. */
    Optional<Lsn> firstFrom(Lsn lsn) {
        int index = indexFrom(lsn);
        return index == starts.length ? Optional.empty() : Optional.of(new Lsn(starts[index]));
    }

    /**
     * The log's positions stay below 2^63 for longer than any cluster lives, so signed search
     * serves.
     */
    private int indexFrom(Lsn lsn) {
        int index = Arrays.binarySearch(starts, lsn.value());
        return index < 0 ? -index - 1 : index;
    }
}
