package dev.lifeboat.crypto;

/**
 * Says whether decrypted bytes can be the beginning of what was encrypted, so that a wrong key is
 * found before a byte is used. CBC itself decrypts anything to something.
 */
@FunctionalInterface
public interface PlainCheck {
    /**
     * @param head the first bytes of the content, up to {@link OpensslCipher#HEAD_BYTES}
     * @param length how many of them count; 0 when the content is empty
     */
    boolean plausible(byte[] head, int length);

    /** Takes anything: only where the content's own digest is checked before it is used. */
    static PlainCheck none() {
        return (_, _) -> true;
    }
}
