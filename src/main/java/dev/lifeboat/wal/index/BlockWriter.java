package dev.lifeboat.wal.index;

import dev.lifeboat.wal.WalSegment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** Puts blocks together from entries and from other blocks. For one thread. */
final class BlockWriter {
    private final BlockName name;
    private final long systemIdentifier;
    private final int segmentBytes;
    private final TreeMap<Long, Row> rows = new TreeMap<>();

    /** A row whose place for its text is still open. */
    private static final class Row {
        private final byte[] fixed;
        private final byte[] text;

        Row(byte[] fixed, byte[] text) {
            this.fixed = fixed;
            this.text = text;
        }
    }

    /**
     * @param systemIdentifier the cluster's; unsigned
     */
    BlockWriter(BlockName name, long systemIdentifier, int segmentBytes) {
        this.name = name;
        this.systemIdentifier = systemIdentifier;
        this.segmentBytes = segmentBytes;
    }

    /** Whether the block is of the same cluster and segments. */
    boolean fits(IndexBlock block) {
        return block.name().equals(name)
                && block.systemIdentifier() == systemIdentifier
                && block.segmentBytes() == segmentBytes;
    }

    /** Takes the rows of a block that {@link #fits}; those of the same segments are replaced. */
    void add(IndexBlock block) {
        add(block, (_, _, _) -> true);
    }

    /** Takes those rows that are believed. */
    void add(IndexBlock block, TimelineIndex.Belief belief) {
        for (int i = 0; i < block.count(); i++) {
            var segment = new WalSegment(name.timeline(), block.number(i), segmentBytes);
            Optional<byte[]> text = block.text(i);
            if (text.isPresent() && belief.of(segment, block.identity(i), block.isOpen(i))) {
                byte[] fixed = block.row(i).toArray(ValueLayout.JAVA_BYTE);
                rows.put(block.number(i), new Row(fixed, text.get()));
            }
        }
    }

    /** Takes entries of this block's segments; those of the same segments are replaced. */
    void add(Collection<SegmentEntry> entries) {
        for (SegmentEntry entry : entries) {
            IndexRow.Text text = IndexRow.Text.of(entry);
            byte[] fixed = new byte[IndexRow.BYTES];
            IndexRow.write(entry, MemorySegment.ofArray(fixed), 0, 0, text);
            byte[] both = new byte[text.bytes()];
            System.arraycopy(text.seconds, 0, both, 0, text.seconds.length);
            System.arraycopy(text.notes, 0, both, text.seconds.length, text.notes.length);
            rows.put(entry.segment().number(), new Row(fixed, both));
        }
    }

    int count() {
        return rows.size();
    }

    /** The block's bytes. */
    byte[] bytes() {
        long textBytes = rows.values().stream().mapToLong(row -> row.text.length).sum();
        long rowBytes = (long) rows.size() * IndexRow.BYTES;
        byte[] bytes = new byte[Math.toIntExact(IndexBlock.HEADER_BYTES + rowBytes + textBytes)];
        MemorySegment memory = MemorySegment.ofArray(bytes);
        header(memory, textBytes);
        int at = IndexBlock.HEADER_BYTES;
        long textAt = 0;
        for (Row row : rows.values()) {
            System.arraycopy(row.fixed, 0, bytes, at, row.fixed.length);
            IndexRow.moveText(memory, at, textAt);
            System.arraycopy(
                    row.text,
                    0,
                    bytes,
                    (int) (IndexBlock.HEADER_BYTES + rowBytes + textAt),
                    row.text.length);
            at += IndexRow.BYTES;
            textAt += row.text.length;
        }
        memory.set(IndexRow.INT, IndexBlock.CHECKSUM, IndexBlock.checksum(memory));
        return bytes;
    }

    private void header(MemorySegment memory, long textBytes) {
        memory.set(IndexRow.LONG, 0, IndexBlock.MAGIC);
        memory.set(IndexRow.LONG, IndexBlock.SYSTEM, systemIdentifier);
        memory.set(IndexRow.LONG, IndexBlock.TIMELINE, name.timeline().value());
        memory.set(IndexRow.LONG, IndexBlock.BLOCK, name.block());
        memory.set(IndexRow.INT, IndexBlock.SEGMENT_BYTES, segmentBytes);
        memory.set(IndexRow.INT, IndexBlock.ROWS, rows.size());
        memory.set(IndexRow.INT, IndexBlock.ROW_BYTES, IndexRow.BYTES);
        memory.set(IndexRow.LONG, IndexBlock.TEXT_BYTES, textBytes);
    }
}
