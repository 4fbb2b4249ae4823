package dev.lifeboat.wal;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the log of a cluster, segment after segment, and tells a {@link WalVisitor} of every
 * record. A record is handed over after its length, its link to the record before it, its resource
 * manager, its inner headers and its checksum were found right; never otherwise.
 *
 * <p>It may begin with any segment: the rest of a record that began before it is passed over.
 * Memory is bounded whatever the input: a page buffer, and at most 32 MiB of a record that runs
 * across pages. For one thread.
 *
 * <p>Source: {@code src/backend/access/transam/xlogreader.c}, XLogDecodeNextRecord,
 * XLogReaderValidatePageHeader, ValidXLogRecordHeader, ValidXLogRecord, XLogFindNextRecord.
 */
public final class WalReader {
    private static final int CHUNK_BYTES = 32 * WalPage.BYTES;

    private final PageReader pages;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private OptionalLong systemIdentifier;
    private SegmentHeader header;
    private Lsn next;
    private boolean ended;

    /** A reader that takes the cluster of the first segment it is given. */
    public WalReader(WalVisitor visitor) {
        this(visitor, OptionalLong.empty());
    }

    /** A reader that takes segments of this cluster alone. */
    public WalReader(WalVisitor visitor, OptionalLong systemIdentifier) {
        this.pages = new PageReader(visitor);
        this.systemIdentifier = systemIdentifier;
    }

    /**
     * Reads the next segment, given plain (not compressed, not encrypted). It must follow the one
     * before it in the log, on the same timeline or a later one.
     *
     * @return how far the log is valid; unless {@link WalEnd#isComplete()}, the log ends there and
     *     no further segment can be read
     * @throws RecoveryException {@link ProblemCode#VERSION_MISMATCH} for another major version than
     *     15 to 18, or than that of the segments before; {@link
     *     ProblemCode#SYSTEM_IDENTIFIER_FOREIGN} when it is of another cluster; {@link
     *     ProblemCode#WAL_DAMAGED} when its segment size or timeline is not the name's. Nothing of
     *     it was handed over then
     * @throws IOException when the content cannot be read; the reader is of no further use
     * @throws IllegalStateException when the log has ended, or this segment does not follow
     */
    public WalEnd read(WalSegment segment, InputStream content)
            throws IOException, RecoveryException {
        begin(segment);
        long size = 0;
        while (true) {
            int filled = content.readNBytes(chunk, 0, chunk.length);
            if (filled == 0) {
                return finish(size);
            }
            size += filled;
            if (size > segment.sizeBytes()) {
                return finish(size);
            }
            take(chunk, filled, size - filled);
        }
    }

    /** As {@link #read(WalSegment, InputStream)}, for content that is in memory. */
    public WalEnd read(WalSegment segment, byte[] content) throws RecoveryException {
        begin(segment);
        take(content, Math.min(content.length, segment.sizeBytes()), 0);
        return finish(content.length);
    }

    /**
     * Reads of the next segment only as much as the record needs that the end of the last one cut.
     * The visitor is told of that record, and perhaps of some that follow it. No further segment
     * can be read after this.
     *
     * @return the end of the segment before: {@link WalEnd#openRecord} is empty now if the record
     *     was read to its end, or is void because a crash cut it off; else the detail says why not
     * @throws RecoveryException as {@link #read(WalSegment, InputStream)}
     * @throws IOException when the content cannot be read
     */
    public WalEnd complete(WalSegment following, InputStream content)
            throws IOException, RecoveryException {
        WalSegment before = pages.segment();
        begin(following);
        ended = true;
        pages.takeOnlyOpen();
        long offset = 0;
        while (pages.wantsMore() && content.readNBytes(chunk, 0, WalPage.BYTES) == WalPage.BYTES) {
            take(chunk, WalPage.BYTES, offset);
            offset += WalPage.BYTES;
        }
        return pages.finishOpen(before);
    }

    /** What the first page of the first segment said; empty before it was read, or was zero. */
    public Optional<SegmentHeader> header() {
        return Optional.ofNullable(header);
    }

    /** The timeline of the last page that belongs to the log. */
    public TimelineId timeline() {
        return pages.timeline();
    }

    private void begin(WalSegment segment) {
        if (ended) {
            throw new IllegalStateException("the log has ended before " + segment);
        }
        if (next != null && !next.equals(segment.start())) {
            throw new IllegalStateException(segment + " does not begin at " + next);
        }
        pages.begin(segment);
    }

    private void take(byte[] bytes, int length, long offset) throws RecoveryException {
        int whole = length - length % WalPage.BYTES;
        if (offset == 0 && whole > 0) {
            admit(bytes);
        }
        for (int at = 0; at < whole; at += WalPage.BYTES) {
            pages.page(bytes, at);
        }
    }

    private WalEnd finish(long sizeBytes) {
        WalEnd end = pages.finish(sizeBytes);
        ended = !end.isComplete();
        next = end.segment().end();
        return end;
    }

    /** Refuses a first page that tells of another cluster, version, size or timeline. */
    private void admit(byte[] bytes) throws RecoveryException {
        WalSegment segment = pages.segment();
        if (header == null
                ? WalPage.isZero(bytes, 0, SegmentHeader.BYTES)
                : WalVersion.ofPageMagic(WalPage.magic(bytes, 0)).isEmpty()
                        || WalPage.position(bytes, 0) != segment.start().value()) {
            return;
        }
        SegmentHeader found = SegmentHeader.parse(bytes, 0, "Segment " + segment.name());
        refuseOtherGeometry(segment, found);
        if (header != null && header.version() != found.version()) {
            throw new RecoveryException(
                    ProblemCode.VERSION_MISMATCH,
                    "Segment " + segment.name() + " was written by another major version.",
                    "It is of PostgreSQL "
                            + found.version().major()
                            + ", the segments before it are of "
                            + header.version().major()
                            + ".",
                    "Choose a base backup and a target of the same major version.");
        }
        refuseOtherCluster(segment, found);
        if (header == null) {
            header = found;
            systemIdentifier = OptionalLong.of(found.systemIdentifier());
            pages.setVersion(found.version());
        }
    }

    private void refuseOtherCluster(WalSegment segment, SegmentHeader header)
            throws RecoveryException {
        if (systemIdentifier.isPresent()
                && systemIdentifier.getAsLong() != header.systemIdentifier()) {
            throw new RecoveryException(
                    ProblemCode.SYSTEM_IDENTIFIER_FOREIGN,
                    "Segment " + segment.name() + " is of another cluster.",
                    "Its system identifier is "
                            + Long.toUnsignedString(header.systemIdentifier())
                            + ", the cluster's is "
                            + Long.toUnsignedString(systemIdentifier.getAsLong())
                            + ".",
                    "Keep the archives of two clusters apart: set a prefix for one of them.");
        }
    }

    private static void refuseOtherGeometry(WalSegment segment, SegmentHeader header)
            throws RecoveryException {
        if (header.segmentSizeBytes() != segment.sizeBytes()) {
            throw mismatch(
                    segment,
                    "It says that its cluster has segments of "
                            + header.segmentSizeBytes()
                            + " bytes, and "
                            + segment.sizeBytes()
                            + " were assumed.");
        }
        if (header.start().equals(segment.start())
                && header.timeline().compareTo(segment.timeline()) > 0) {
            throw mismatch(segment, "Its content is of timeline " + header.timeline() + ".");
        }
    }

    private static RecoveryException mismatch(WalSegment segment, String why) {
        return new RecoveryException(
                ProblemCode.WAL_DAMAGED,
                "Segment " + segment.name() + " does not hold what its name says.",
                why,
                "Fetch the segment from the other region, or archive it again from pg_wal of the"
                        + " server.");
    }
}
