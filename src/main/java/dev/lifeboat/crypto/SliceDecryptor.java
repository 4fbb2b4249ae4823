package dev.lifeboat.crypto;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

/**
 * Decrypts any slice of one stored object on its own: CBC needs no more than the block before it.
 * Safe for use by many threads.
 */
public final class SliceDecryptor {
    /** How much of an object's beginning {@link #open} wants. */
    public static final int BEGIN_BYTES =
            OpensslCipher.HEADER_BYTES + OpensslCipher.HEAD_BYTES + OpensslCipher.BLOCK_BYTES;

    private final String name;
    private final BlockCipher cipher;

    private SliceDecryptor(String name, BlockCipher cipher) {
        this.name = name;
        this.cipher = cipher;
    }

    /**
     * Finds the key that opens an object.
     *
     * @param name what the object is, to begin a sentence with
     * @param begin the first {@link #BEGIN_BYTES} of it, or all when it is shorter
     * @param storedBytes how long all of it is
     * @throws RecoveryException as {@link OpensslCipher#decrypting} does, and {@code
     *     OBJECT_TRUNCATED} when it does not end with a whole block
     */
    public static SliceDecryptor open(
            String name, byte[] begin, long storedBytes, DecryptionKeys keys, PlainCheck check)
            throws RecoveryException {
        BlockCipher cipher = new Opening(name, begin, keys, check).cipher();
        if (storedBytes % OpensslCipher.BLOCK_BYTES != 0) {
            throw CipherProblems.truncated(name, storedBytes);
        }
        return new SliceDecryptor(name, cipher);
    }

    /**
     * Decrypts whole blocks.
     *
     * @param stored the object's bytes from {@link OpensslCipher#BLOCK_BYTES} before the slice on:
     *     the header before the first slice, the block before it for any other
     * @param length of the slice, without what is before it
     * @param plain receives {@code length} bytes
     * @param first whether the slice begins the content
     */
    public void decrypt(byte[] stored, int length, byte[] plain, boolean first) {
        var cipherOfSlice = first ? cipher.decrypting() : cipher.decryptingAfter(stored, 0);
        BlockCipher.blocks(cipherOfSlice, stored, OpensslCipher.BLOCK_BYTES, length, plain, 0);
    }

    /**
     * Where the content of the last slice ends.
     *
     * @throws StreamException {@code PADDING_WRONG}
     */
    public int plainLength(byte[] plain, int length) throws StreamException {
        int end = Padding.plainLength(plain, length);
        if (end < 0) {
            throw new StreamException(CipherProblems.wrongPadding(name));
        }
        return end;
    }
}
