package dev.lifeboat.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-CBC of one object, by whole blocks: the key that its salt and a passphrase give, and the
 * IV it begins with. Safe for use by many threads; the ciphers it hands out are not.
 *
 * <p>The ciphers are the JDK's, which use the processor's instructions. They reach full speed only
 * when they are called often with little, so callers feed them {@link #STEP_BYTES} at a time.
 */
final class BlockCipher {
    /** What one call of a cipher is given: 32 KiB. */
    static final int STEP_BYTES = 32 * 1024;

    private final SecretKeySpec aesKey;
    private final byte[] iv;

    BlockCipher(EncryptionKey key, OpensslDerivation derivation, byte[] salt) {
        byte[] passphrase = key.copyPassphrase();
        byte[] material = derivation.derive(passphrase, salt);
        aesKey = new SecretKeySpec(material, 0, OpensslCipher.KEY_BYTES, "AES");
        iv = Arrays.copyOfRange(material, OpensslCipher.KEY_BYTES, material.length);
        Arrays.fill(passphrase, (byte) 0);
        Arrays.fill(material, (byte) 0);
    }

    Cipher encrypting() {
        return cipher(Cipher.ENCRYPT_MODE, iv, 0);
    }

    /** Decrypts from the first block on. */
    Cipher decrypting() {
        return cipher(Cipher.DECRYPT_MODE, iv, 0);
    }

    /** Decrypts from the block on that follows the given one: what CBC chains to. */
    Cipher decryptingAfter(byte[] stored, int offset) {
        return cipher(Cipher.DECRYPT_MODE, stored, offset);
    }

    /** Puts whole blocks through a cipher, in steps. */
    static void blocks(Cipher cipher, byte[] in, int from, int length, byte[] out, int to) {
        try {
            for (int done = 0; done < length; done += STEP_BYTES) {
                int step = Math.min(STEP_BYTES, length - done);
                cipher.update(in, from + done, step, out, to + done);
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("whole blocks always fit", impossible);
        }
    }

    private Cipher cipher(int mode, byte[] chained, int offset) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(
                    mode, aesKey, new IvParameterSpec(chained, offset, OpensslCipher.BLOCK_BYTES));
            return cipher;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-CBC", impossible);
        }
    }
}
