package dev.lifeboat.pipeline;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip members, one behind the other, up to the end of the source; what follows the last
 * one must be nothing, or zeroes. Source: RFC 1952.
 *
 * <p>The JDK's own takes whatever goes wrong behind the first member for the end, a failure of its
 * source included.
 */
final class GzipInput extends InputStream {
    private static final String FORMAT = "gzip";
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int HEADER_CRC = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;

    private final String name;
    private final InputStream source;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private boolean withinMember;
    private boolean anyMember;

    GzipInput(String name, InputStream source) {
        this.name = name;
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (withinMember || beginMember()) {
                int count = inflate(target, offset, length);
                if (count > 0) {
                    return count;
                }
            }
            return -1;
        } catch (EOFException end) {
            throw UnpackProblems.truncated(name, FORMAT);
        } catch (DataFormatException broken) {
            throw damaged("the compressed data is invalid", broken);
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        source.close();
    }

    /** How much it gave; 0 when the member ended. */
    private int inflate(byte[] target, int offset, int length)
            throws IOException, DataFormatException {
        while (true) {
            int count = inflater.inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                position = limit - inflater.getRemaining();
                endMember();
                return 0;
            }
            if (inflater.needsDictionary()) {
                throw damaged("it asks for a dictionary", null);
            }
            if (!fetch()) {
                throw new EOFException();
            }
            inflater.setInput(buffer, position, limit - position);
            position = limit;
        }
    }

    /** Reads a member's header. Whether there was one. */
    private boolean beginMember() throws IOException {
        int first = nextOrEnd();
        while (anyMember && first == 0) {
            first = nextOrEnd();
        }
        if (first < 0 && anyMember) {
            return false;
        }
        if (first < 0) {
            throw new EOFException();
        }
        if (first != 0x1f || next() != 0x8b || next() != 8) {
            throw damaged(anyMember ? "something else follows it" : "it has no gzip header", null);
        }
        skipHeader(next());
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        position = limit;
        crc.reset();
        withinMember = true;
        anyMember = true;
        return true;
    }

    private void skipHeader(int flags) throws IOException {
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
    }

    private void endMember() throws IOException {
        withinMember = false;
        long written = inflater.getBytesWritten();
        if (littleEndian() != crc.getValue()) {
            throw damaged("its checksum differs", null);
        }
        if (littleEndian() != (written & 0xffff_ffffL)) {
            throw damaged("its length differs", null);
        }
    }

    private long littleEndian() throws IOException {
        return next() | (long) next() << 8 | (long) next() << 16 | (long) next() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {}
    }

    private int next() throws IOException {
        int one = nextOrEnd();
        if (one < 0) {
            throw new EOFException();
        }
        return one;
    }

    private int nextOrEnd() throws IOException {
        return position < limit || fetch() ? buffer[position++] & 0xff : -1;
    }

    private boolean fetch() throws IOException {
        int count = source.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(count, 0);
        return count > 0;
    }

    private IOException damaged(String reason, Throwable cause) {
        return UnpackProblems.damaged(name, FORMAT, reason, cause);
    }
}
