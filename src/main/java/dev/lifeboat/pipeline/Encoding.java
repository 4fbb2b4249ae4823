package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.EncryptionKey;

import java.util.Optional;

/**
 * How content is stored.
 *
 * @param key what it is encrypted under; empty: it is not encrypted
 */
public record Encoding(Compression compression, Optional<EncryptionKey> key) {
    public static Encoding encrypted(Compression compression, EncryptionKey key) {
        return new Encoding(compression, Optional.of(key));
    }

    public static Encoding unencrypted(Compression compression) {
        return new Encoding(compression, Optional.empty());
    }

    /** What a key ends with: {@code .zst.enc}, {@code .enc}, {@code .gz} or nothing. */
    public String extension() {
        return compression.extension() + (key.isPresent() ? ".enc" : "");
    }
}
