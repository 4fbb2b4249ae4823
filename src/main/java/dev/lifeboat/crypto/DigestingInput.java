package dev.lifeboat.crypto;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts and digests what is read through it. Closing it closes its source. Not safe for use by
 * several threads.
 */
public final class DigestingInput extends FilterInputStream {
    private final Sha256 sha256 = new Sha256();

    public DigestingInput(InputStream source) {
        super(source);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            sha256.update(buffer, offset, count);
        }
        return count;
    }

    /** Reads what it skips, so that the digest covers it. */
    @Override
    public long skip(long count) throws IOException {
        return count <= 0 ? 0 : readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** How many bytes have been read. */
    public long sizeBytes() {
        return sha256.sizeBytes();
    }

    /** Size and digest of all that was read; to be asked once, at the end. */
    public ContentDigest finish() {
        return sha256.finish();
    }
}
