package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.Sha256;

import java.io.ByteArrayInputStream;

/** Stored bytes that lie in memory whole, digested before the first one is given. */
final class ProvenInput extends StoredInput {
    private final ContentDigest digest;
    private final ByteArrayInputStream bytes;

    ProvenInput(byte[] stored, int length) {
        digest = Sha256.of(stored, 0, length);
        bytes = new ByteArrayInputStream(stored, 0, length);
    }

    @Override
    public int read() {
        return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        return bytes.read(buffer, offset, length);
    }

    @Override
    boolean ended() {
        return bytes.available() == 0;
    }

    @Override
    ContentDigest storedDigest() {
        return digest;
    }
}
