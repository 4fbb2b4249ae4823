package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.OpensslCipher;

/**
 * One range of a stored object on its way: as it is stored, and decrypted. Used again and again.
 */
final class Slice {
    /** The block before the range, then the range. */
    final byte[] stored;

    final byte[] plain;
    int storedLength;
    int plainLength;

    Slice(int bytes) {
        stored = new byte[OpensslCipher.BLOCK_BYTES + bytes];
        plain = new byte[bytes];
    }
}
