package dev.lifeboat.wal.archive;

import dev.lifeboat.wal.ArchivedForm;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalFileName;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The segments of one timeline in one region: name, forms, identity and when it was stored, in
 * twenty-one bytes each. Filled in any order by one thread at a time and then sealed; only read
 * from then on.
 */
final class SegmentSet {
    private static final List<ArchivedForm> BITS = List.of(ArchivedForm.values());
    private final TimelineId timeline;
    private long[] positions = new long[64];
    private long[] identities = new long[64];
    private byte[] forms = new byte[64];
    private int[] stored = new int[64];
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

    /**
     * @param storedAt when, to the second, by the store's clock
     */
    void add(long position, ArchivedForm form, long identity, Instant storedAt) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size * 2);
            identities = Arrays.copyOf(identities, size * 2);
            forms = Arrays.copyOf(forms, size * 2);
            stored = Arrays.copyOf(stored, size * 2);
        }
        positions[size] = position;
        identities[size] = identity;
        forms[size] = (byte) (1 << BITS.indexOf(form));
        stored[size] = Math.clamp(storedAt.getEpochSecond(), 0, Integer.MAX_VALUE);
        size++;
    }

    /** Puts them in order, each segment once. */
    void seal() {
        long[] sorted = Arrays.copyOf(positions, size);
        Arrays.parallelSort(sorted);
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        byte[] sortedForms = new byte[distinct];
        long[] sortedIdentities = new long[distinct];
        int[] earliest = new int[distinct];
        Arrays.fill(earliest, Integer.MAX_VALUE);
        for (int i = 0; i < size; i++) {
            int at = Arrays.binarySearch(sorted, 0, distinct, positions[i]);
            sortedForms[at] |= forms[i];
            sortedIdentities[at] += identities[i];
            earliest[at] = Math.min(earliest[at], stored[i]);
        }
        positions = Arrays.copyOf(sorted, distinct);
        forms = sortedForms;
        identities = sortedIdentities;
        stored = earliest;
        size = distinct;
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

    /**
     * Of the one form it is stored in, or of all its forms together; {@link ObjectIdentity#NONE}
     * when it is not there.
     */
    long identity(long position) {
        int index = indexOf(position);
        return index < 0 ? ObjectIdentity.NONE : identities[index];
    }

    /** When the first of its forms was stored; empty when it is not there. */
    Optional<Instant> storedAt(long position) {
        int index = indexOf(position);
        return index < 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(stored[index]));
    }

    /** Names of PostgreSQL's stay below 2^63, so signed order serves. */
    private int indexOf(long position) {
        return Arrays.binarySearch(positions, 0, size, position);
    }
}
