package dev.lifeboat.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bytes that come one buffer after the other. Not safe for use by several threads. */
public final class Sha256 {
    private final MessageDigest digest = newDigest();
    private long sizeBytes;

    /** The digest of a whole array. */
    public static ContentDigest of(byte[] content) {
        return of(content, 0, content.length);
    }

    /** The digest of a part of an array. */
    public static ContentDigest of(byte[] content, int offset, int length) {
        Sha256 sha256 = new Sha256();
        sha256.update(content, offset, length);
        return sha256.finish();
    }

    public void update(byte[] content, int offset, int length) {
        digest.update(content, offset, length);
        sizeBytes += length;
    }

    /** How many bytes it has seen. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Size and digest of all that was given, and begins anew. */
    public ContentDigest finish() {
        ContentDigest result =
                new ContentDigest(sizeBytes, HexFormat.of().formatHex(digest.digest()));
        sizeBytes = 0;
        return result;
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
