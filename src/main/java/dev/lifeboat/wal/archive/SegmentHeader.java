package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.WalVersion;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The long header at the start of every segment: it says to which cluster, timeline and place the
 * file belongs.
 *
 * <p>Source: {@code src/include/access/xlog_internal.h}, XLogLongPageHeaderData.
 *
 * @param timeline of the first page; lower than the file's own where the segment was copied from
 *     the parent timeline at a switch
 * @param systemIdentifier as PostgreSQL prints it
 */
record SegmentHeader(
        WalVersion version,
        TimelineId timeline,
        Lsn position,
        String systemIdentifier,
        int segmentBytes) {
    private static final int BYTES = 40;
    private static final int LONG_HEADER_FLAG = 0x2;

    /**
     * Reads the header of a segment, whole or {@code .partial}, and checks that it belongs to the
     * file's name and that the file has the size it says.
     *
     * @param name what holds the content, to begin a sentence with
     * @throws RecoveryException WAL_DAMAGED when it does not
     */
    static SegmentHeader check(String name, WalFileName file, byte[] content)
            throws RecoveryException {
        SegmentHeader header = parse(name, content);
        WalSegment segment =
                segment(file, header.segmentBytes)
                        .orElseThrow(
                                () ->
                                        damaged(
                                                name,
                                                "A cluster with segments of "
                                                        + header.segmentBytes
                                                        + " bytes, as its header says, has none of"
                                                        + " that name."));
        if (content.length != header.segmentBytes) {
            throw damaged(
                    name,
                    "It holds "
                            + content.length
                            + " bytes, but segments of its cluster have "
                            + header.segmentBytes
                            + ".");
        }
        if (!header.position.equals(segment.start())) {
            throw damaged(
                    name,
                    "Its first page is that of "
                            + header.position
                            + ", but the segment begins at "
                            + segment.start()
                            + ".");
        }
        if (header.timeline.compareTo(segment.timeline()) > 0) {
            throw damaged(name, "Its first page is of timeline " + header.timeline + ".");
        }
        return header;
    }

    private static SegmentHeader parse(String name, byte[] content) throws RecoveryException {
        if (content.length < BYTES) {
            throw damaged(name, "It holds only " + content.length + " bytes.");
        }
        ByteBuffer page = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int magic = Short.toUnsignedInt(page.getShort(0));
        Optional<WalVersion> version = WalVersion.ofPageMagic(magic);
        long timeline = Integer.toUnsignedLong(page.getInt(4));
        int segmentBytes = page.getInt(32);
        if (version.isEmpty()) {
            throw damaged(
                    name,
                    "Its first page has the magic number "
                            + Integer.toHexString(magic)
                            + ", which none of PostgreSQL 15 to 18 writes.");
        }
        if ((page.getShort(2) & LONG_HEADER_FLAG) == 0
                || timeline == 0
                || !WalSegment.isValidSize(segmentBytes)) {
            throw damaged(name, "Its first page is not that of a segment.");
        }
        return new SegmentHeader(
                version.get(),
                new TimelineId(timeline),
                new Lsn(page.getLong(8)),
                Long.toUnsignedString(page.getLong(24)),
                segmentBytes);
    }

    private static Optional<WalSegment> segment(WalFileName file, int segmentBytes) {
        return switch (file) {
            case WalFileName.Segment whole -> whole.segment(segmentBytes);
            case WalFileName.Partial partial -> partial.segment(segmentBytes);
            case WalFileName.History _, WalFileName.BackupHistory _, WalFileName.Other _ ->
                    Optional.empty();
        };
    }

    private static RecoveryException damaged(String name, String why) {
        return new RecoveryException(
                ProblemCode.WAL_DAMAGED,
                name + " is not the segment its name says.",
                why,
                "Take the copy of the other region, and see which segments are whole with: lifeboat"
                        + " verify --all --level checksum");
    }
}
