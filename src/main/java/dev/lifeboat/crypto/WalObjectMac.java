package dev.lifeboat.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The authentication of an object of the WAL archive, which has no manifest: HMAC-SHA256 over the
 * file's name, the cluster's system identifier and a digest, each with its length before it. A
 * segment put under another name, or taken from another cluster, does not pass.
 */
public final class WalObjectMac {
    private static final String USE = "lifeboat/v1/wal-object";

    private WalObjectMac() {}

    /**
     * @param walFile the file's name as PostgreSQL gives it ({@code %f})
     * @param systemIdentifier the cluster's, in decimal
     * @param digest size and SHA-256 of the content
     * @return 64 lower-case hexadecimal digits
     */
    public static String sign(
            EncryptionKey key, String walFile, String systemIdentifier, ContentDigest digest) {
        return Hmac.sign(key, USE, message(walFile, systemIdentifier, digest));
    }

    /** Whether {@code mac} belongs to these three; compared in constant time. */
    public static boolean matches(
            EncryptionKey key,
            String walFile,
            String systemIdentifier,
            ContentDigest digest,
            String mac) {
        return Hmac.matches(key, USE, message(walFile, systemIdentifier, digest), mac);
    }

    private static byte[] message(String walFile, String systemIdentifier, ContentDigest digest) {
        var bytes = new ByteArrayOutputStream();
        for (String field :
                new String[] {
                    walFile, systemIdentifier, Long.toString(digest.sizeBytes()), digest.sha256()
                }) {
            byte[] text = field.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }
}
