package dev.lifeboat.pipeline;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Unpacks zstd frames, one behind the other, up to the end of the source. Source: RFC 8878. */
final class ZstdInput extends InputStream {
    private static final String FORMAT = "zstd";
    private static final int BUFFER_BYTES = 128 * 1024;

    private final String name;
    private final InputStream source;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final ByteBuffer compressed = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private final ByteBuffer plain = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private final byte[] passed = new byte[BUFFER_BYTES];
    private boolean withinFrame = true;

    ZstdInput(String name, InputStream source) {
        this.name = name;
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, plain.remaining());
        plain.get(buffer, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        context.close();
        source.close();
    }

    /** Whether there is a byte to give. */
    private boolean fill() throws IOException {
        while (!plain.hasRemaining()) {
            boolean mayHoldMore = plain.limit() == plain.capacity();
            if (!compressed.hasRemaining() && !mayHoldMore && !fetch()) {
                if (withinFrame) {
                    throw UnpackProblems.truncated(name, FORMAT);
                }
                return false;
            }
            unpack();
        }
        return true;
    }

    private boolean fetch() throws IOException {
        int count = source.read(passed, 0, passed.length);
        if (count <= 0) {
            return false;
        }
        compressed.clear().put(passed, 0, count).flip();
        return true;
    }

    private void unpack() throws IOException {
        plain.clear();
        int before = compressed.remaining();
        try {
            boolean ended = context.decompressDirectByteBufferStream(plain, compressed);
            withinFrame = !ended && (withinFrame || before > 0);
        } catch (ZstdException damaged) {
            plain.limit(0);
            throw UnpackProblems.damaged(name, FORMAT, damaged.getMessage(), damaged);
        }
        plain.flip();
    }
}
