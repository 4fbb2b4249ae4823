package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.PlainCheck;

import java.util.Optional;

/**
 * What is known of a stored object before it is read.
 *
 * @param name what it is, to begin a sentence with: {@code "Object s3://bucket/key"}
 * @param keys what it may be decrypted with; empty: it is not encrypted
 * @param compression how it was compressed before it was encrypted
 * @param check what its decrypted bytes must look like
 * @param stored what is known of the bytes in the bucket
 * @param plain what is known of what comes out
 */
public record StoredForm(
        String name,
        Optional<DecryptionKeys> keys,
        Compression compression,
        PlainCheck check,
        ExpectedContent stored,
        ExpectedContent plain) {

    /**
     * An encrypted object; what is decrypted must begin as its compression, or any content, does.
     */
    public static StoredForm encrypted(String name, DecryptionKeys keys, Compression compression) {
        return new StoredForm(
                name,
                Optional.of(keys),
                compression,
                beginningOf(compression),
                ExpectedContent.unknown(),
                ExpectedContent.unknown());
    }

    /** An object that is not encrypted. */
    public static StoredForm unencrypted(String name, Compression compression) {
        return new StoredForm(
                name,
                Optional.empty(),
                compression,
                PlainCheck.none(),
                ExpectedContent.unknown(),
                ExpectedContent.unknown());
    }

    /** The same, with what its manifest, metadata or listing says of it. */
    public StoredForm expecting(ExpectedContent newStored, ExpectedContent newPlain) {
        return new StoredForm(name, keys, compression, check, newStored, newPlain);
    }

    /** The same, both digests known. */
    public StoredForm expecting(EncodedDigests digests) {
        return expecting(ExpectedContent.of(digests.stored()), ExpectedContent.of(digests.plain()));
    }

    /** The same, its decrypted bytes looked at by another check. */
    public StoredForm checkedBy(PlainCheck newCheck) {
        return new StoredForm(name, keys, compression, newCheck, stored, plain);
    }

    private static PlainCheck beginningOf(Compression compression) {
        return switch (compression) {
            case NONE -> ContentSniffer::isKnown;
            case GZIP -> (head, length) -> is(ContentKind.GZIP, head, length);
            case ZSTD -> (head, length) -> is(ContentKind.ZSTD, head, length);
        };
    }

    private static boolean is(ContentKind kind, byte[] head, int length) {
        return ContentSniffer.recognise(head, length) == kind;
    }
}
