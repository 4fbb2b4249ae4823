package dev.lifeboat.pipeline;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * One zstd frame of level 3 with a checksum, and with the content's size when it is known
 * beforehand. Source: RFC 8878.
 */
final class ZstdOutput extends CompressingOutput {
    private static final int LEVEL = 3;
    private static final int BUFFER_BYTES = 128 * 1024;

    private final OutputStream target;
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final ByteBuffer plain = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer compressed = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] passed = new byte[BUFFER_BYTES];

    ZstdOutput(OutputStream target, long plainBytes) {
        this.target = target;
        context.setLevel(LEVEL).setChecksum(true);
        if (plainBytes != Compression.UNKNOWN_SIZE) {
            context.setPledgedSrcSize(plainBytes);
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        int from = offset;
        while (from < offset + length) {
            int count = Math.min(plain.remaining(), offset + length - from);
            plain.put(buffer, from, count);
            from += count;
            if (!plain.hasRemaining()) {
                compress(EndDirective.CONTINUE);
            }
        }
    }

    @Override
    void finish() throws IOException {
        compress(EndDirective.END);
    }

    @Override
    public void close() {
        context.close();
    }

    private void compress(EndDirective directive) throws IOException {
        plain.flip();
        boolean done;
        do {
            boolean flushed = context.compressDirectByteBufferStream(compressed, plain, directive);
            done = directive == EndDirective.END ? flushed : !plain.hasRemaining();
            compressed.flip();
            int count = compressed.remaining();
            compressed.get(passed, 0, count);
            target.write(passed, 0, count);
            compressed.clear();
        } while (!done);
        plain.clear();
    }
}
