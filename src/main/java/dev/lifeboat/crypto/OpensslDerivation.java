package dev.lifeboat.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import javax.crypto.Mac;

/**
 * How {@code openssl enc} makes key and IV of passphrase and salt. Lifeboat writes the first form;
 * the others are what its users' older scripts may have left.
 *
 * <p>Source: openssl-enc(1), options -pbkdf2, -iter and -md; EVP_BytesToKey(3) with a count of 1.
 */
public enum OpensslDerivation {
    /** {@code -pbkdf2}: PBKDF2 with HMAC-SHA256, 10,000 rounds. */
    PBKDF2("-pbkdf2") {
        @Override
        byte[] derive(byte[] passphrase, byte[] salt) {
            return pbkdf2(passphrase, salt, ROUNDS, MATERIAL_BYTES);
        }
    },
    /** openssl 1.1.0 and later without {@code -pbkdf2}. */
    EVP_SHA256("-md sha256") {
        @Override
        byte[] derive(byte[] passphrase, byte[] salt) {
            return bytesToKey("SHA-256", passphrase, salt);
        }
    },
    /** openssl before 1.1.0. */
    EVP_MD5("-md md5") {
        @Override
        byte[] derive(byte[] passphrase, byte[] salt) {
            return bytesToKey("MD5", passphrase, salt);
        }
    };

    /** The rounds of {@link #PBKDF2}: openssl's default. */
    public static final int ROUNDS = 10_000;

    private static final int MATERIAL_BYTES = OpensslCipher.KEY_BYTES + OpensslCipher.BLOCK_BYTES;

    private final String options;

    OpensslDerivation(String options) {
        this.options = options;
    }

    /** What openssl must be told to use this form. */
    public String opensslOptions() {
        return options;
    }

    /** Key and, behind it, IV. The caller wipes them. */
    abstract byte[] derive(byte[] passphrase, byte[] salt);

    /** Source: RFC 8018, 5.2. Takes bytes, where the JDK's own takes characters only. */
    private static byte[] pbkdf2(byte[] passphrase, byte[] salt, int rounds, int length) {
        Mac mac = Hmac.keyed(passphrase);
        int blockBytes = mac.getMacLength();
        byte[] result = new byte[(length + blockBytes - 1) / blockBytes * blockBytes];
        for (int block = 0; block * blockBytes < length; block++) {
            mac.update(salt);
            mac.update(new byte[] {0, 0, 0, (byte) (block + 1)});
            byte[] round = mac.doFinal();
            byte[] sum = round.clone();
            for (int i = 1; i < rounds; i++) {
                round = mac.doFinal(round);
                for (int at = 0; at < sum.length; at++) {
                    sum[at] ^= round[at];
                }
            }
            System.arraycopy(sum, 0, result, block * blockBytes, blockBytes);
        }
        return cut(result, length);
    }

    private static byte[] bytesToKey(String algorithm, byte[] passphrase, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            int step = digest.getDigestLength();
            byte[] result = new byte[(MATERIAL_BYTES + step - 1) / step * step];
            for (int at = 0; at < result.length; at += step) {
                if (at > 0) {
                    digest.update(result, at - step, step);
                }
                digest.update(passphrase);
                System.arraycopy(digest.digest(salt), 0, result, at, step);
            }
            return cut(result, MATERIAL_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }

    private static byte[] cut(byte[] wiped, int length) {
        byte[] exact = Arrays.copyOf(wiped, length);
        Arrays.fill(wiped, (byte) 0);
        return exact;
    }
}
