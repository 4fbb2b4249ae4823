package dev.lifeboat.crypto;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Counts and digests what passes through to a target. The target stays its owner's to close. Not
 * safe for use by several threads.
 */
public final class DigestingOutput extends OutputStream {
    private final OutputStream target;
    private final Sha256 sha256 = new Sha256();

    public DigestingOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        target.write(buffer, offset, length);
        sha256.update(buffer, offset, length);
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    /** How many bytes have passed. */
    public long sizeBytes() {
        return sha256.sizeBytes();
    }

    /** Size and digest of all that passed; to be asked once, at the end. */
    public ContentDigest finish() {
        return sha256.finish();
    }
}
