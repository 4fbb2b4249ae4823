package dev.lifeboat.crypto;

import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known beforehand of some content: everything, its size alone, or nothing.
 *
 * @param sizeBytes its length, where known
 * @param sha256 64 hexadecimal digits, where known
 */
public record ExpectedContent(OptionalLong sizeBytes, Optional<String> sha256) {
    private static final String REMEDY =
            "Take the copy of the other region, or another backup; `lifeboat verify --again` tells which"
                    + " are whole.";

    public ExpectedContent {
        sha256 = sha256.map(hex -> hex.toLowerCase(Locale.ROOT));
    }

    public static ExpectedContent unknown() {
        return new ExpectedContent(OptionalLong.empty(), Optional.empty());
    }

    public static ExpectedContent ofSize(long sizeBytes) {
        return new ExpectedContent(OptionalLong.of(sizeBytes), Optional.empty());
    }

    public static ExpectedContent of(ContentDigest digest) {
        return new ExpectedContent(
                OptionalLong.of(digest.sizeBytes()), Optional.of(digest.sha256()));
    }

    /**
     * Accepts content that is what was expected.
     *
     * @param name what the content is, to begin a sentence with: {@code "Object s3://b/k"}
     * @throws RecoveryException {@code OBJECT_TRUNCATED} when it is shorter, {@code OBJECT_DAMAGED}
     *     when it is longer or differs
     */
    public void check(String name, ContentDigest found) throws RecoveryException {
        checkSize(name, found.sizeBytes());
        if (sha256.isPresent() && !sha256.get().equals(found.sha256())) {
            throw new RecoveryException(
                    ProblemCode.OBJECT_DAMAGED,
                    name + " was altered.",
                    "Its SHA-256 is "
                            + found.sha256()
                            + ", but "
                            + sha256.get()
                            + " was recorded when it was written.",
                    REMEDY);
        }
    }

    /** The part of {@link #check} that needs no digest. */
    public void checkSize(String name, long foundBytes) throws RecoveryException {
        if (sizeBytes.isEmpty() || sizeBytes.getAsLong() == foundBytes) {
            return;
        }
        long wanted = sizeBytes.getAsLong();
        boolean shorter = foundBytes < wanted;
        throw new RecoveryException(
                shorter ? ProblemCode.OBJECT_TRUNCATED : ProblemCode.OBJECT_DAMAGED,
                name + (shorter ? " is cut short." : " is longer than it was written."),
                "It holds "
                        + foundBytes
                        + " bytes ("
                        + ByteSize.format(foundBytes)
                        + "), but "
                        + wanted
                        + " were recorded.",
                REMEDY);
    }
}
