package dev.lifeboat.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under a subkey of an {@link EncryptionKey}. Source: RFC 2104. */
final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private Hmac() {}

    /** A MAC ready for use under any key that is not empty. */
    static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    /** 64 hexadecimal digits over the message, for one use alone. */
    static String sign(EncryptionKey key, String use, byte[] message) {
        byte[] subkey = key.subkey(use, KEY_BYTES);
        try {
            return HexFormat.of().formatHex(keyed(subkey).doFinal(message));
        } finally {
            Arrays.fill(subkey, (byte) 0);
        }
    }

    /** Compares in a time that does not depend on where the two differ. */
    static boolean matches(EncryptionKey key, String use, byte[] message, String hex) {
        byte[] expected = HexFormat.of().parseHex(sign(key, use, message));
        try {
            return MessageDigest.isEqual(expected, HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException notHex) {
            return false;
        }
    }
}
