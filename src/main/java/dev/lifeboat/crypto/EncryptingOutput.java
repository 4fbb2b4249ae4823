package dev.lifeboat.crypto;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

import javax.crypto.Cipher;

/**
 * Encrypts what is written. Only {@link #finish()} writes the last block: an object whose writer
 * failed has no end. The target stays its owner's to close. Not safe for use by several threads.
 */
public final class EncryptingOutput extends OutputStream {
    private final OutputStream target;
    private final Cipher cipher;
    private final byte[] plain = new byte[BlockCipher.STEP_BYTES];
    private final byte[] stored = new byte[BlockCipher.STEP_BYTES];
    private int filled;
    private boolean ended;

    EncryptingOutput(OutputStream target, BlockCipher cipher) {
        this.target = target;
        this.cipher = cipher.encrypting();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        requireOpen();
        int from = offset;
        int left = length;
        while (left > 0) {
            int count = Math.min(left, plain.length - filled);
            System.arraycopy(buffer, from, plain, filled, count);
            filled += count;
            from += count;
            left -= count;
            if (filled == plain.length) {
                encrypt(filled);
            }
        }
    }

    /** Writes the padded last block. Nothing may be written afterwards. */
    public void finish() throws IOException {
        requireOpen();
        encrypt(Padding.pad(plain, filled));
        ended = true;
        target.flush();
    }

    /** Wipes the buffer; what was not finished stays without its end. */
    @Override
    public void close() {
        ended = true;
        Arrays.fill(plain, (byte) 0);
    }

    private void encrypt(int length) throws IOException {
        BlockCipher.blocks(cipher, plain, 0, length, stored, 0);
        target.write(stored, 0, length);
        filled = 0;
    }

    private void requireOpen() throws IOException {
        if (ended) {
            throw new IOException("This encrypted object was ended already.");
        }
    }
}
