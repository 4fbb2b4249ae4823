package dev.lifeboat.crypto;

/**
 * The authentication of a manifest: HMAC-SHA256 over its bytes, under a key that HKDF derives from
 * the stretched passphrase for this use alone. Only who has the key can have written it.
 */
public final class ManifestMac {
    private static final String USE = "lifeboat/v1/manifest";

    private ManifestMac() {}

    /**
     * @param manifest the bytes that are authenticated: the manifest without its MAC
     * @return 64 lower-case hexadecimal digits
     */
    public static String sign(EncryptionKey key, byte[] manifest) {
        return Hmac.sign(key, USE, manifest);
    }

    /** Whether {@code mac} is that of the manifest; compared in constant time. */
    public static boolean matches(EncryptionKey key, byte[] manifest, String mac) {
        return Hmac.matches(key, USE, manifest, mac);
    }
}
