package dev.lifeboat.wal.find;

import dev.lifeboat.wal.RowReader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How rows of the catalogs begin. All three that are read begin with an OID and a name.
 *
 * <p>Source: {@code src/include/catalog/pg_class.h}, {@code pg_namespace.h}, {@code pg_database.h};
 * 18 has {@code relallfrozen} before {@code reltoastrelid}.
 */
final class CatalogLayout {
    private static final int NAME_AT = 4;
    private static final int NAME_BYTES = 64;
    private static final int SCHEMA_AT = 68;
    private static final int CONNECTION_LIMIT_AT = 80;
    private static final int FILE_AT = 88;
    private static final int TABLESPACE_AT = 92;
    private static final int ROWS_AT = 100;
    private static final int PERSISTENCE_AT = 114;

    private final int persistenceAt;

    CatalogLayout(int major) {
        persistenceAt = major >= 18 ? PERSISTENCE_AT + 4 : PERSISTENCE_AT;
    }

    static long oid(byte[] head) {
        return u32(head, 0);
    }

    static String name(byte[] head) {
        int length = 0;
        while (length < NAME_BYTES && head[NAME_AT + length] != 0) {
            length++;
        }
        return new String(head, NAME_AT, length, StandardCharsets.UTF_8);
    }

    /** Of a row of {@code pg_database}; at the same place in 15 to 18. */
    static int connectionLimit(byte[] head) {
        return buffer(head).getInt(CONNECTION_LIMIT_AT);
    }

    NamedRelation relation(byte[] head) {
        float rows = buffer(head).getFloat(ROWS_AT);
        return new NamedRelation(
                oid(head),
                name(head),
                u32(head, SCHEMA_AT),
                u32(head, TABLESPACE_AT),
                u32(head, FILE_AT),
                (char) (head[persistenceAt + 1] & 0xFF),
                head[persistenceAt] == 't',
                rows >= 0 ? (long) rows : -1);
    }

    /** A row with these values and no others. */
    byte[] head(NamedRelation relation) {
        byte[] head = new byte[RowReader.HEAD_BYTES];
        byte[] name = relation.name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = buffer(head);
        buffer.putInt(0, (int) relation.oid());
        buffer.put(NAME_AT, name, 0, Math.min(name.length, NAME_BYTES - 1));
        buffer.putInt(SCHEMA_AT, (int) relation.schema());
        buffer.putInt(FILE_AT, (int) relation.file());
        buffer.putInt(TABLESPACE_AT, (int) relation.tablespace());
        buffer.putFloat(ROWS_AT, (float) relation.rows());
        head[persistenceAt] = (byte) (relation.temporary() ? 't' : 'p');
        head[persistenceAt + 1] = (byte) relation.kind();
        return head;
    }

    private static long u32(byte[] head, int at) {
        return buffer(head).getInt(at) & 0xFFFFFFFFL;
    }

    private static ByteBuffer buffer(byte[] head) {
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    }
}
