package dev.lifeboat.crypto;

import dev.lifeboat.secrets.Secret;

import java.util.Random;

/** Keys and content for tests. */
public final class Keys {
    private Keys() {}

    public static EncryptionKey key(String passphrase) {
        try (Secret secret = Secret.of(passphrase)) {
            return EncryptionKey.of(secret);
        }
    }

    /** Content that looks like nothing, the same for the same size. */
    public static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** Content that compresses as a database's does, about four to one. */
    public static byte[] rows(int size) {
        var random = new Random(size);
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) ('a' + (i % 64 < 48 ? i % 24 : random.nextInt(26)));
        }
        return content;
    }
}
