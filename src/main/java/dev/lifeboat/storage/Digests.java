package dev.lifeboat.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest every Java has. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
