package dev.lifeboat.crypto;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Size and SHA-256 of some content: what says that two pieces of content are one.
 *
 * @param sizeBytes how long it is
 * @param sha256 64 lower-case hexadecimal digits
 */
public record ContentDigest(long sizeBytes, String sha256) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public ContentDigest {
        sha256 = sha256.toLowerCase(Locale.ROOT);
        if (!HEX.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + sha256);
        }
    }
}
