package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Locale;

/**
 * What the first bytes of a segment say of it: who wrote it, and which stretch of the log it is.
 *
 * <p>Source: {@code src/include/access/xlog_internal.h}, XLogLongPageHeaderData.
 *
 * @param timeline of the first page; a segment in which a timeline begins may start with its
 *     parent's
 * @param start the position of its first byte
 * @param systemIdentifier of the cluster, unsigned
 */
public record SegmentHeader(
        WalVersion version,
        TimelineId timeline,
        Lsn start,
        long systemIdentifier,
        int segmentSizeBytes) {
    /** How many bytes {@link #parse} needs. */
    public static final int BYTES = WalPage.LONG_HEADER_BYTES;

    /**
     * Reads the beginning of a plain (not compressed, not encrypted) segment.
     *
     * @throws RecoveryException {@link ProblemCode#VERSION_MISMATCH} for another major version than
     *     15 to 18; {@link ProblemCode#WAL_DAMAGED} when it is no segment's beginning
     */
    public static SegmentHeader parse(byte[] content) throws RecoveryException {
        if (content.length < BYTES) {
            throw damaged("It has " + content.length + " bytes only.");
        }
        return parse(content, 0, "This file");
    }

    static SegmentHeader parse(byte[] bytes, int at, String name) throws RecoveryException {
        WalVersion version = version(bytes, at, name);
        long position = WalPage.position(bytes, at);
        int size = WalPage.segmentBytes(bytes, at);
        String fault = WalPage.fault(bytes, at, version.pageMagic(), position, true);
        if (fault != null) {
            throw damaged("In the header of its first page " + fault + ".");
        }
        if (!WalSegment.isValidSize(size) || (position & size - 1) != 0) {
            throw damaged(
                    "Its first page lies at "
                            + new Lsn(position)
                            + " and says that segments have "
                            + size
                            + " bytes.");
        }
        int pageBytes = WalPage.pageBytes(bytes, at);
        if (pageBytes != WalPage.BYTES) {
            throw new RecoveryException(
                    ProblemCode.VERSION_MISMATCH,
                    name + " has pages of " + pageBytes + " bytes.",
                    "PostgreSQL was built with another WAL page size than 8192 bytes.",
                    "Lifeboat cannot look into this WAL; PostgreSQL itself can still replay it.");
        }
        return new SegmentHeader(
                version,
                new TimelineId(WalPage.timeline(bytes, at)),
                new Lsn(position),
                WalPage.systemIdentifier(bytes, at),
                size);
    }

    private static WalVersion version(byte[] bytes, int at, String name) throws RecoveryException {
        int magic = WalPage.magic(bytes, at);
        WalVersion version = WalVersion.ofPageMagic(magic).orElse(null);
        if (version != null) {
            return version;
        }
        int swapped = Integer.reverseBytes(magic) >>> 16;
        if (WalPage.isZero(bytes, at, at + BYTES)) {
            throw damaged("It begins with zeroes.");
        }
        if (WalVersion.isPageMagic(magic) || WalVersion.ofPageMagic(swapped).isPresent()) {
            String writer =
                    WalVersion.isPageMagic(magic)
                            ? WalVersion.describe(magic)
                            : "a server on a big-endian machine";
            throw new RecoveryException(
                    ProblemCode.VERSION_MISMATCH,
                    name + " was written by " + writer + ".",
                    "Lifeboat reads WAL of PostgreSQL 15 to 18 from little-endian machines.",
                    "Use a Lifeboat that knows this version; PostgreSQL itself can still replay it.");
        }
        throw damaged("It begins with " + known(bytes, at) + ", not with a page of WAL.");
    }

    private static String known(byte[] bytes, int at) {
        long first = LittleEndian.u32(bytes, at);
        if (first == 0xFD2FB528L) {
            return "the mark of zstd";
        }
        if ((first & 0xFFFF) == 0x8B1F) {
            return "the mark of gzip";
        }
        if (first == 0x746C6153L) {
            return "the mark of openssl encryption";
        }
        return String.format(Locale.ROOT, "the bytes %08X", Integer.reverseBytes((int) first));
    }

    private static RecoveryException damaged(String why) {
        return new RecoveryException(
                ProblemCode.WAL_DAMAGED,
                "This is no WAL segment of PostgreSQL.",
                why,
                "Fetch the segment from the other region, or archive it again from pg_wal of the"
                        + " server.");
    }
}
