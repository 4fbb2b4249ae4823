package dev.lifeboat.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF with SHA-256. Source: RFC 5869. */
final class Hkdf {
    private Hkdf() {}

    /** Extract and expand in one; {@code info} keeps the uses of one secret apart. */
    static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret)
                                    .addSalt(salt)
                                    .thenExpand(info, length));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("JDK 25 has HKDF-SHA256", impossible);
        }
    }

    static byte[] derive(byte[] secret, String info, int length) {
        return derive(secret, new byte[0], info.getBytes(StandardCharsets.UTF_8), length);
    }
}
