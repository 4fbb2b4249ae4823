package dev.lifeboat.crypto;

import java.util.Arrays;

/** PKCS#7 padding. Source: RFC 5652, 6.3. */
final class Padding {
    private Padding() {}

    /** Where the content of the decrypted blocks ends; -1 when the last block is not padded. */
    static int plainLength(byte[] blocks, int length) {
        int count = blocks[length - 1] & 0xff;
        if (count < 1 || count > OpensslCipher.BLOCK_BYTES) {
            return -1;
        }
        for (int at = length - count; at < length; at++) {
            if ((blocks[at] & 0xff) != count) {
                return -1;
            }
        }
        return length - count;
    }

    /** Fills the block that the content ends in, or a whole one. Returns where the block ends. */
    static int pad(byte[] blocks, int length) {
        int count = OpensslCipher.BLOCK_BYTES - length % OpensslCipher.BLOCK_BYTES;
        Arrays.fill(blocks, length, length + count, (byte) count);
        return length + count;
    }
}
