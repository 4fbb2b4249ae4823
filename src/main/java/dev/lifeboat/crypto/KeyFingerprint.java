package dev.lifeboat.crypto;

import java.util.regex.Pattern;

/**
 * Names a key without giving it away: the same on every machine, and as slow to compute for a
 * guessed passphrase as {@link EncryptionKey}'s derivation makes it.
 *
 * @param hex 16 lower-case hexadecimal digits
 */
public record KeyFingerprint(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    public KeyFingerprint {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a key fingerprint: " + hex);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
