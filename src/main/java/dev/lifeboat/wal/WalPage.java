package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;

import java.util.Locale;

/**
 * The layout of a page's header, and what is wrong with one that does not fit.
 *
 * <p>Source: {@code src/include/access/xlog_internal.h}, XLogPageHeaderData and
 * XLogLongPageHeaderData; {@code xlogreader.c}, XLogReaderValidatePageHeader. A cluster built with
 * another XLOG_BLCKSZ than 8 KiB is refused.
 */
final class WalPage {
    static final int BYTES = 8192;
    static final int SHORT_HEADER_BYTES = 24;
    static final int LONG_HEADER_BYTES = 40;

    static final int FIRST_IS_CONTINUATION = 0x1;
    static final int LONG_HEADER = 0x2;
    static final int FIRST_OVERWRITES = 0x8;
    private static final int ALL_FLAGS = 0xF;

    private WalPage() {}

    static int magic(byte[] bytes, int at) {
        return LittleEndian.u16(bytes, at);
    }

    static int flags(byte[] bytes, int at) {
        return LittleEndian.u16(bytes, at + 2);
    }

    static long timeline(byte[] bytes, int at) {
        return LittleEndian.u32(bytes, at + 4);
    }

    static long position(byte[] bytes, int at) {
        return LittleEndian.i64(bytes, at + 8);
    }

    /** Bytes of a record begun on an earlier page, this page's included. */
    static long continuationBytes(byte[] bytes, int at) {
        return LittleEndian.u32(bytes, at + 16);
    }

    static long systemIdentifier(byte[] bytes, int at) {
        return LittleEndian.i64(bytes, at + 24);
    }

    static int segmentBytes(byte[] bytes, int at) {
        return LittleEndian.i32(bytes, at + 32);
    }

    static int pageBytes(byte[] bytes, int at) {
        return LittleEndian.i32(bytes, at + 36);
    }

    static int headerBytes(int flags) {
        return (flags & LONG_HEADER) != 0 ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES;
    }

    /**
     * Whether this is a page of that version for that position: enough to know that log goes on.
     */
    static boolean isPageOf(byte[] bytes, int at, int magic, long position) {
        return magic(bytes, at) == magic
                && position(bytes, at) == position
                && (flags(bytes, at) & ~ALL_FLAGS) == 0;
    }

    static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the page was left by an earlier use of the same file: its address is a whole number
     * of segments below the one it stands at.
     */
    static boolean isRecycled(byte[] bytes, int at, int magic, long position, int segmentBytes) {
        long found = position(bytes, at);
        return magic(bytes, at) == magic
                && Long.compareUnsigned(found, position) < 0
                && (position - found & segmentBytes - 1) == 0;
    }

    /** Says what is wrong with a header's fixed fields; null when nothing is. */
    static String fault(byte[] bytes, int at, int magic, long position, boolean first) {
        int flags = flags(bytes, at);
        if (magic(bytes, at) != magic) {
            return String.format(
                    Locale.ROOT, "its magic number is %04X, not %04X", magic(bytes, at), magic);
        }
        if ((flags & ~ALL_FLAGS) != 0 || (first && (flags & LONG_HEADER) == 0)) {
            return String.format(Locale.ROOT, "its flags are %04X", flags);
        }
        if (position(bytes, at) != position) {
            return "its address is " + new Lsn(position(bytes, at));
        }
        return timeline(bytes, at) == 0 ? "it names no timeline" : null;
    }
}
