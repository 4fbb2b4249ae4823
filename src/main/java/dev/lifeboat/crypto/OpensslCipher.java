package dev.lifeboat.crypto;

import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * {@code openssl enc -aes-256-cbc -pbkdf2 -salt}, both ways, byte for byte: {@code Salted__}, eight
 * bytes of salt, then AES-256-CBC with PKCS#7 padding.
 *
 * <p>Source: openssl-enc(1); the header is that of apps/enc.c.
 */
public final class OpensslCipher {
    public static final int BLOCK_BYTES = 16;

    /** {@code Salted__} and the salt. */
    public static final int HEADER_BYTES = 16;

    /** How much of the content a {@link PlainCheck} is shown. */
    public static final int HEAD_BYTES = 512;

    static final int KEY_BYTES = 32;
    private static final byte[] MAGIC = "Salted__".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = HEADER_BYTES - MAGIC.length;
    private static final SecureRandom RANDOM = new SecureRandom();

    private OpensslCipher() {}

    /** How long content of that length is once it is encrypted. */
    public static long storedBytes(long plainBytes) {
        return HEADER_BYTES + (plainBytes / BLOCK_BYTES + 1) * BLOCK_BYTES;
    }

    /** Whether these first bytes are those of an object that openssl encrypted with a salt. */
    public static boolean isEncrypted(byte[] head, int length) {
        return length >= MAGIC.length
                && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Encrypts what is written, under a salt of its own, to a target that stays its owner's to
     * close. The header is written at once.
     *
     * @return ends with {@link EncryptingOutput#finish()}; closing it alone leaves an object that
     *     cannot be taken for a whole one
     */
    public static EncryptingOutput encrypting(OutputStream target, EncryptionKey key)
            throws IOException {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        target.write(MAGIC);
        target.write(salt);
        return new EncryptingOutput(target, new BlockCipher(key, OpensslDerivation.PBKDF2, salt));
    }

    /**
     * Decrypts a stored object as it is read. Its beginning is decrypted and checked here, so that
     * a wrong key is found before the first byte is handed out; its end is checked when the reader
     * gets there, so whoever must not use half an object reads to the end first. A stream that
     * failed fails again, the same way, on every later read.
     *
     * @param name what the object is, to begin a sentence with: {@code "Object s3://b/k"}
     * @param stored the object from its first byte; closed with the result, and when this fails
     * @throws RecoveryException {@code KEY_WRONG} when no key makes sense of the beginning, {@code
     *     OBJECT_DAMAGED} when the key is certain and does not either, or nothing is encrypted,
     *     {@code OBJECT_TRUNCATED} when not even a block is there. The stream throws {@code
     *     OBJECT_TRUNCATED} for half a block and {@code PADDING_WRONG}, in a {@link
     *     dev.lifeboat.kernel.StreamException}
     */
    public static InputStream decrypting(
            String name, InputStream stored, DecryptionKeys keys, PlainCheck check)
            throws IOException, RecoveryException {
        boolean opened = false;
        try {
            byte[] begin = stored.readNBytes(SliceDecryptor.BEGIN_BYTES);
            BlockCipher cipher = new Opening(name, begin, keys, check).cipher();
            opened = true;
            return new DecryptingInput(name, stored, begin, cipher);
        } finally {
            if (!opened) {
                stored.close();
            }
        }
    }

    static byte[] salt(byte[] head) {
        return Arrays.copyOfRange(head, MAGIC.length, HEADER_BYTES);
    }
}
