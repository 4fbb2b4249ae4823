package dev.lifeboat.crypto;

import dev.lifeboat.secrets.Secret;

import org.bouncycastle.crypto.generators.SCrypt;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The passphrase that backups are encrypted under, and what is derived from it.
 *
 * <p>Fingerprint and authentication keys start from one slow derivation (scrypt, 32 MiB, about a
 * tenth of a second), done once, at first use: a manifest is no cheap way to try passphrases. Its
 * salt is fixed, so that the fingerprint is the same everywhere.
 *
 * <p>Whoever creates a key closes it, which zeroes what it holds. Safe for use by many threads.
 */
public final class EncryptionKey implements AutoCloseable {
    private static final byte[] STRETCH_SALT =
            "lifeboat/v1/stretch".getBytes(StandardCharsets.UTF_8);
    private static final int STRETCH_COST = 1 << 15;
    private static final int STRETCH_BLOCK = 8;
    private static final int GENERATED_BYTES = 32;

    private final Secret passphrase;
    private byte[] stretched;

    private EncryptionKey(Secret owned) {
        this.passphrase = owned;
    }

    /**
     * Copies the passphrase; the secret given stays the caller's to close.
     *
     * @throws IllegalArgumentException when it is empty
     */
    public static EncryptionKey of(Secret passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("an empty passphrase protects nothing");
        }
        return new EncryptionKey(passphrase.copy());
    }

    /** A new passphrase as {@code openssl rand -base64 32} makes it: 44 characters. */
    public static Secret generatePassphrase(SecureRandom random) {
        byte[] bytes = new byte[GENERATED_BYTES];
        random.nextBytes(bytes);
        byte[] text = Base64.getEncoder().encode(bytes);
        try {
            return Secret.ofBytes(text);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }

    /** The name of this key. Slow when it is the first thing asked of the key. */
    public KeyFingerprint fingerprint() {
        byte[] derived = subkey("lifeboat/v1/fingerprint", 8);
        return new KeyFingerprint(HexFormat.of().formatHex(derived));
    }

    /** A key for one use, told from all others by {@code info}. The caller wipes it. */
    byte[] subkey(String info, int length) {
        byte[] root = stretched();
        try {
            return Hkdf.derive(root, info, length);
        } finally {
            Arrays.fill(root, (byte) 0);
        }
    }

    /** The caller wipes it. */
    byte[] copyPassphrase() {
        return passphrase.copyUtf8();
    }

    private synchronized byte[] stretched() {
        byte[] bytes = passphrase.copyUtf8();
        try {
            if (stretched == null) {
                stretched =
                        SCrypt.generate(bytes, STRETCH_SALT, STRETCH_COST, STRETCH_BLOCK, 1, 32);
            }
            return stretched.clone();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public synchronized void close() {
        passphrase.close();
        if (stretched != null) {
            Arrays.fill(stretched, (byte) 0);
            stretched = null;
        }
    }

    @Override
    public String toString() {
        return "EncryptionKey ***";
    }
}
