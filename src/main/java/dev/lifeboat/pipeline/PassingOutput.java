package dev.lifeboat.pipeline;

import java.io.IOException;
import java.io.OutputStream;

/** Content that is left as it is. */
final class PassingOutput extends CompressingOutput {
    private final OutputStream target;

    PassingOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        target.write(buffer, offset, length);
    }

    @Override
    void finish() {}

    @Override
    public void close() {}
}
