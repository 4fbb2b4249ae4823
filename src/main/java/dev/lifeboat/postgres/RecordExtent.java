package dev.lifeboat.postgres;

import dev.lifeboat.kernel.Lsn;

/**
 * Where a WAL record ends that begins at a position and has a length: page headers lie in between.
 *
 * <p>Source: src/include/access/xlog_internal.h, SizeOfXLogShortPHD (24) and SizeOfXLogLongPHD (40,
 * on the first page of a segment); records begin at multiples of 8.
 */
final class RecordExtent {
    private static final int PAGE_BYTES = 8192;
    private static final int SHORT_HEADER = 24;
    private static final int LONG_HEADER = 40;

    private RecordExtent() {}

    static Lsn end(Lsn begin, long length, int segmentBytes) {
        long at = begin.value();
        long left = length;
        while (true) {
            long inPage = PAGE_BYTES - Long.remainderUnsigned(at, PAGE_BYTES);
            if (left <= inPage) {
                return new Lsn((at + left + 7) & ~7L);
            }
            left -= inPage;
            at += inPage;
            boolean newSegment = Long.remainderUnsigned(at, segmentBytes) == 0;
            at += newSegment ? LONG_HEADER : SHORT_HEADER;
        }
    }

    static Lsn segmentEnd(Lsn within, int segmentBytes) {
        return within.plus(segmentBytes - Long.remainderUnsigned(within.value(), segmentBytes));
    }
}
