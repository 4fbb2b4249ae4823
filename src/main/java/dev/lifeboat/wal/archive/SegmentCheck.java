package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.SegmentHeader;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;

import java.util.Optional;

/** Compares a segment's content with its name. */
final class SegmentCheck {
    private SegmentCheck() {}

    /**
     * Reads the header of a segment, whole or {@code .partial}, and checks that it belongs to the
     * file's name and that the file has the size it says.
     *
     * @param name what holds the content, to begin a sentence with
     * @throws RecoveryException WAL_DAMAGED when it does not, VERSION_MISMATCH when no version from
     *     15 to 18 wrote it
     */
    static SegmentHeader check(String name, WalFileName file, byte[] content)
            throws RecoveryException {
        SegmentHeader header = header(name, content);
        int size = header.segmentSizeBytes();
        Optional<WalSegment> segment = segment(file, size);
        if (segment.isEmpty()) {
            throw damaged(
                    name,
                    "A cluster with segments of "
                            + size
                            + " bytes, as its header says, has none of that name.");
        }
        if (content.length != size) {
            throw damaged(
                    name,
                    "It holds "
                            + content.length
                            + " bytes, but segments of its cluster have "
                            + size
                            + ".");
        }
        if (!header.start().equals(segment.get().start())) {
            throw damaged(
                    name,
                    "Its first page is that of "
                            + header.start()
                            + ", but the segment begins at "
                            + segment.get().start()
                            + ".");
        }
        if (header.timeline().compareTo(segment.get().timeline()) > 0) {
            throw damaged(name, "Its first page is of timeline " + header.timeline() + ".");
        }
        return header;
    }

    /** As PostgreSQL prints it. */
    static String systemIdentifier(SegmentHeader header) {
        return Long.toUnsignedString(header.systemIdentifier());
    }

    private static SegmentHeader header(String name, byte[] content) throws RecoveryException {
        try {
            return SegmentHeader.parse(content);
        } catch (RecoveryException noHeader) {
            throw new RecoveryException(
                    noHeader.code(),
                    name + " cannot be read as a segment.",
                    noHeader.problem().what() + " " + noHeader.problem().why(),
                    noHeader.problem().remedy(),
                    noHeader);
        }
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
