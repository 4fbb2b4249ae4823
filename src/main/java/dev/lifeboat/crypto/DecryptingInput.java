package dev.lifeboat.crypto;

import dev.lifeboat.kernel.StreamException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

import javax.crypto.Cipher;

/** Decrypts as it is read, and holds back the last block seen, for it may be the padded one. */
final class DecryptingInput extends InputStream {
    private final String name;
    private final InputStream stored;
    private final Cipher cipher;
    private final byte[] encrypted = new byte[BlockCipher.STEP_BYTES + OpensslCipher.BLOCK_BYTES];
    private final byte[] plain = new byte[encrypted.length];
    private long storedBytes = OpensslCipher.HEADER_BYTES;
    private int held;
    private int position;
    private int limit;
    private boolean ended;
    private IOException failure;

    /**
     * @param begin what was already read of {@code stored}, header included
     */
    DecryptingInput(String name, InputStream stored, byte[] begin, BlockCipher cipher) {
        this.name = name;
        int header = OpensslCipher.HEADER_BYTES;
        var head = new ByteArrayInputStream(begin, header, begin.length - header);
        this.stored = new SequenceInputStream(head, stored);
        this.cipher = cipher.decrypting();
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(plain, position, buffer, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return limit - position;
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }

    /** Whether there is a byte to give. */
    private boolean fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        while (position == limit && !ended) {
            try {
                decryptNext();
            } catch (IOException first) {
                failure = first;
                throw first;
            }
        }
        return position < limit;
    }

    private void decryptNext() throws IOException {
        int count = stored.readNBytes(encrypted, held, encrypted.length - held);
        storedBytes += count;
        int length = held + count;
        ended = length < encrypted.length;
        if (ended && length % OpensslCipher.BLOCK_BYTES != 0) {
            throw new StreamException(CipherProblems.truncated(name, storedBytes));
        }
        int usable = ended ? length : length - OpensslCipher.BLOCK_BYTES;
        BlockCipher.blocks(cipher, encrypted, 0, usable, plain, 0);
        held = length - usable;
        System.arraycopy(encrypted, usable, encrypted, 0, held);
        position = 0;
        limit = ended ? Padding.plainLength(plain, usable) : usable;
        if (limit < 0) {
            limit = 0;
            throw new StreamException(CipherProblems.wrongPadding(name));
        }
    }
}
