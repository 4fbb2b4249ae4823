package dev.lifeboat.crypto;

import dev.lifeboat.kernel.RecoveryException;

/**
 * The beginning of a stored object, and the search for the key and derivation that open it.
 *
 * <p>Of the beginning of a longer object all blocks are looked at, of a whole short one all but the
 * last: so a damaged padding is not taken for a wrong key. A single block stands and falls with its
 * padding.
 */
final class Opening {
    private final String name;
    private final byte[] begin;
    private final DecryptionKeys keys;
    private final PlainCheck check;

    Opening(String name, byte[] begin, DecryptionKeys keys, PlainCheck check)
            throws RecoveryException {
        this.name = name;
        this.begin = begin;
        this.keys = keys;
        this.check = check;
        if (begin.length >= 8 && !OpensslCipher.isEncrypted(begin, begin.length)) {
            throw CipherProblems.notEncrypted(name);
        }
        if (begin.length < OpensslCipher.HEADER_BYTES + OpensslCipher.BLOCK_BYTES
                || begin.length % OpensslCipher.BLOCK_BYTES != 0) {
            throw CipherProblems.truncated(name, begin.length);
        }
    }

    BlockCipher cipher() throws RecoveryException {
        for (OpensslDerivation derivation : keys.derivations()) {
            for (EncryptionKey key : keys.candidates()) {
                var cipher = new BlockCipher(key, derivation, OpensslCipher.salt(begin));
                if (opens(cipher)) {
                    return cipher;
                }
            }
        }
        throw keys.certain()
                ? CipherProblems.damagedBeginning(name)
                : CipherProblems.wrongKey(name, keys.candidates().size());
    }

    private boolean opens(BlockCipher cipher) {
        int stored = (begin.length - OpensslCipher.HEADER_BYTES) / OpensslCipher.BLOCK_BYTES;
        int blocks = Math.max(1, stored - 1);
        byte[] plain = new byte[blocks * OpensslCipher.BLOCK_BYTES];
        BlockCipher.blocks(
                cipher.decrypting(), begin, OpensslCipher.HEADER_BYTES, plain.length, plain, 0);
        int length = stored == 1 ? Padding.plainLength(plain, plain.length) : plain.length;
        return length >= 0 && check.plausible(plain, Math.min(length, OpensslCipher.HEAD_BYTES));
    }
}
