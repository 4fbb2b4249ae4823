package dev.lifeboat.wal.archive;

import dev.lifeboat.wal.ArchivedForm;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalFileName;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The segments of one timeline in one region, by name and form, in nine bytes each. Filled in
 * ascending order by one thread, then only read.
 */
final class SegmentSet {
    private static final List<ArchivedForm> BITS = List.of(ArchivedForm.values());
    private final TimelineId timeline;
    private long[] positions = new long[64];
    private byte[] forms = new byte[64];
    private int size;

    SegmentSet(TimelineId timeline) {
        this.timeline = timeline;
    }

    TimelineId timeline() {
        return timeline;
    }

    /** Both halves of the name, high digits first: the order of the segments of any size. */
    static long position(WalFileName.Segment segment) {
        return segment.high() << 32 | segment.low();
    }

    void add(long position, ArchivedForm form) {
        byte bit = (byte) (1 << BITS.indexOf(form));
        if (size > 0 && positions[size - 1] == position) {
            forms[size - 1] |= bit;
            return;
        }
        if (size > 0 && Long.compareUnsigned(positions[size - 1], position) > 0) {
            throw new IllegalStateException("a listing is not in the order of its keys");
        }
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size * 2);
            forms = Arrays.copyOf(forms, size * 2);
        }
        positions[size] = position;
        forms[size] = bit;
        size++;
    }

    int size() {
        return size;
    }

    long positionAt(int index) {
        return positions[index];
    }

    Set<ArchivedForm> forms(long position) {
        int index = indexOf(position);
        Set<ArchivedForm> found = EnumSet.noneOf(ArchivedForm.class);
        for (int bit = 0; index >= 0 && bit < BITS.size(); bit++) {
            if ((forms[index] & 1 << bit) != 0) {
                found.add(BITS.get(bit));
            }
        }
        return found;
    }

    private int indexOf(long position) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(positions[middle], position);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
