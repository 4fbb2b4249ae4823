package dev.lifeboat.wal.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the first of many numbers, from some place on, that lies above a limit, looking at few of
 * them: above each 64 stands their highest, and so on.
 */
final class MaxTree {
    private static final int SHIFT = 6;

    private final List<long[]> levels = new ArrayList<>();

    /** Takes the array over. */
    MaxTree(long... values) {
        levels.add(values);
        long[] below = values;
        while (below.length > 1 << SHIFT) {
            long[] above = new long[((below.length - 1) >>> SHIFT) + 1];
            Arrays.fill(above, Long.MIN_VALUE);
            for (int i = 0; i < below.length; i++) {
                above[i >>> SHIFT] = Math.max(above[i >>> SHIFT], below[i]);
            }
            levels.add(above);
            below = above;
        }
    }

    long value(int index) {
        return levels.getFirst()[index];
    }

    /** The first place from {@code from} on whose number is above the limit; -1 when none is. */
    int firstAbove(int from, long limit) {
        int at = from;
        int level = 0;
        while (at < levels.get(level).length) {
            long[] values = levels.get(level);
            if (values[at] > limit) {
                if (level == 0) {
                    return at;
                }
                level--;
                at <<= SHIFT;
            } else if ((++at & (1 << SHIFT) - 1) == 0 && level + 1 < levels.size()) {
                level++;
                at >>>= SHIFT;
            }
        }
        return -1;
    }
}
