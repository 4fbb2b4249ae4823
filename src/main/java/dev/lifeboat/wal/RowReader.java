package dev.lifeboat.wal;

import java.util.Arrays;

/**
 * Takes from records the rows of chosen relations as the log holds them: from the change itself, or
 * from the image of its page that the first change after a checkpoint carries. Only the beginning
 * of a row's values is taken. A compressed image is passed over.
 *
 * <p>For one thread. Whatever a record holds, nothing is thrown.
 *
 * <p>Source: {@code src/include/access/heapam_xlog.h}, xl_heap_insert, xl_heap_update,
 * xl_heap_delete, xl_heap_inplace, xl_heap_header; {@code src/backend/access/heap/heapam.c},
 * log_heap_update; {@code src/include/storage/bufpage.h}, {@code itemid.h}.
 */
public final class RowReader implements WalVisitor {
    /** How much of a row is kept, in bytes. */
    public static final int HEAD_BYTES = 128;

    private static final int PREFIX_FROM_OLD = 1 << 5;
    private static final int SUFFIX_FROM_OLD = 1 << 6;
    private static final int TUPLE_HEADER = 23;
    private static final int LOGGED_HEADER = 5;
    private static final int PAGE_HEADER = 24;
    private static final int NORMAL_POINTER = 1;

    private final Choice wanted;
    private final Rows rows;

    /** The relations whose rows are wanted; asked once a changed page. */
    @FunctionalInterface
    public interface Choice {
        /** By database (0 for a shared relation) and file number, both unsigned. */
        boolean isWanted(int database, int number);
    }

    /** Is told of rows. */
    public interface Rows {
        /** A row, or an earlier version of one, lies there; said before anything else of it. */
        void there(RowPlace place, byte[] head);

        /** A transaction put a row there; what is in it was told before, or is not known. */
        void inserted(int xid, RowPlace place);

        /**
         * A transaction replaced a row.
         *
         * @param change what the record says of the new version; empty when the record holds
         *     nothing of it: it was told before, or is not known
         */
        void updated(int xid, RowPlace before, RowPlace after, Change change);

        void deleted(int xid, RowPlace place);

        /** A row was overwritten outside of any transaction's undoing. */
        void overwritten(long recordStart, RowPlace place);
    }

    /** The part of a new version that differs from the old one. */
    public static final class Change {
        static final Change UNKNOWN = new Change(0, null, false);

        private final int from;
        private final byte[] middle;
        private final boolean endsLikeOld;

        /**
         * @param from so many bytes at its beginning are those of the old version
         * @param middle what follows; null when nothing is known
         * @param endsLikeOld whether the rest, too, is that of the old version
         */
        Change(int from, byte[] middle, boolean endsLikeOld) {
            this.from = from;
            this.middle = middle;
            this.endsLikeOld = endsLikeOld;
        }

        /** Whether the record holds something of the new version. */
        public boolean isKnown() {
            return middle != null;
        }

        /**
         * The beginning of the new version; null when it cannot be told.
         *
         * @param old the beginning of the old version, or null
         */
        public byte[] onto(byte[] old) {
            boolean needsOld = from > 0 || endsLikeOld;
            if (middle == null || (old == null && needsOld)) {
                return null;
            }
            byte[] head = old == null ? new byte[HEAD_BYTES] : old.clone();
            int at = Math.min(from, HEAD_BYTES);
            int length = Math.min(middle.length, HEAD_BYTES - at);
            System.arraycopy(middle, 0, head, at, length);
            return head;
        }
    }

    public RowReader(Choice wanted, Rows rows) {
        this.wanted = wanted;
        this.rows = rows;
    }

    @Override
    public void record(WalRecord record) {
        if (record.imageBytes() == 0) {
            return;
        }
        for (int i = 0; i < record.blockCount(); i++) {
            if (record.hasImage(i) && record.fork(i) == 0 && isWanted(record, i)) {
                page(record.page(i), record.relation(i), block(record, i));
            }
        }
    }

    @Override
    public void heap(HeapRecord change) {
        WalRecord record = change.record();
        if (!isWanted(record, 0)) {
            return;
        }
        switch (change.kind()) {
            case INSERT -> inserted(record);
            case UPDATE, HOT_UPDATE -> updated(record);
            case DELETE -> rows.deleted(record.xid(), place(record, 0, main16(record, 4)));
            case INPLACE -> overwritten(record);
            case MULTI_INSERT -> {}
        }
    }

    private boolean isWanted(WalRecord record, int index) {
        return wanted.isWanted(record.database(index), record.relationNumber(index));
    }

    private void inserted(WalRecord record) {
        RowPlace place = place(record, 0, main16(record, 0));
        byte[] head = values(record, record.dataAt(0), record.dataBytes(0));
        if (head != null) {
            rows.there(place, Arrays.copyOf(head, HEAD_BYTES));
        }
        rows.inserted(record.xid(), place);
    }

    private void overwritten(WalRecord record) {
        RowPlace place = place(record, 0, main16(record, 0));
        int length = Math.min(HEAD_BYTES, record.dataBytes(0));
        if (length > 0) {
            int at = record.dataAt(0);
            byte[] head = Arrays.copyOfRange(record.bytes(), at, at + length);
            rows.there(place, Arrays.copyOf(head, HEAD_BYTES));
        }
        rows.overwritten(record.start(), place);
    }

    private void updated(WalRecord record) {
        if (record.mainBytes() < 14) {
            return;
        }
        RowPlace after = place(record, 0, main16(record, 12));
        RowPlace before = place(record, Math.min(1, record.blockCount() - 1), main16(record, 4));
        int flags = LittleEndian.u8(record.bytes(), record.mainAt() + 7);
        rows.updated(record.xid(), before, after, change(record, flags));
    }

    private static Change change(WalRecord record, int flags) {
        int at = record.dataAt(0);
        int length = record.dataBytes(0);
        boolean prefixed = (flags & PREFIX_FROM_OLD) != 0;
        boolean suffixed = (flags & SUFFIX_FROM_OLD) != 0;
        int counts = (prefixed ? 2 : 0) + (suffixed ? 2 : 0);
        if (length < counts + LOGGED_HEADER) {
            return Change.UNKNOWN;
        }
        int prefix = prefixed ? LittleEndian.u16(record.bytes(), at) : 0;
        byte[] middle = values(record, at + counts, length - counts);
        return middle == null ? Change.UNKNOWN : new Change(prefix, middle, suffixed);
    }

    /** The values behind a logged header and the bitmap of nulls; null when they are not there. */
    private static byte[] values(WalRecord record, int at, int length) {
        if (length < LOGGED_HEADER) {
            return null;
        }
        int skipped = LOGGED_HEADER + LittleEndian.u8(record.bytes(), at + 4) - TUPLE_HEADER;
        return skipped < LOGGED_HEADER || skipped > length
                ? null
                : Arrays.copyOfRange(
                        record.bytes(), at + skipped, at + Math.min(length, skipped + HEAD_BYTES));
    }

    private void page(byte[] page, RelationFile relation, long block) {
        if (page == null) {
            return;
        }
        int pointers = (LittleEndian.u16(page, 12) - PAGE_HEADER) / 4;
        for (int i = 0; i < pointers && PAGE_HEADER + 4 * i + 4 <= page.length; i++) {
            int pointer = LittleEndian.i32(page, PAGE_HEADER + 4 * i);
            int at = pointer & 0x7FFF;
            int length = pointer >>> 17;
            if ((pointer >>> 15 & 3) == NORMAL_POINTER
                    && length > TUPLE_HEADER
                    && at + length <= page.length) {
                int values = LittleEndian.u8(page, at + 22);
                if (values >= TUPLE_HEADER && values <= length) {
                    byte[] head = Arrays.copyOfRange(page, at + values, at + length);
                    rows.there(
                            new RowPlace(relation, block, i + 1), Arrays.copyOf(head, HEAD_BYTES));
                }
            }
        }
    }

    private static RowPlace place(WalRecord record, int index, int offset) {
        return new RowPlace(record.relation(index), block(record, index), offset);
    }

    private static long block(WalRecord record, int index) {
        return record.blockNumber(index) & 0xFFFFFFFFL;
    }

    private static int main16(WalRecord record, int offset) {
        return record.mainBytes() < offset + 2
                ? 0
                : LittleEndian.u16(record.bytes(), record.mainAt() + offset);
    }
}
