package dev.lifeboat.crypto;

import java.util.Arrays;
import java.util.List;

/**
 * What an object may be decrypted with.
 *
 * @param candidates the keys to try, the likeliest first
 * @param derivations the forms of openssl's key derivation to try, the likeliest first
 * @param certain whether the one candidate is known to be right (its fingerprint was recorded);
 *     what it does not open is damaged then, and not under another key
 */
public record DecryptionKeys(
        List<EncryptionKey> candidates, List<OpensslDerivation> derivations, boolean certain) {
    public DecryptionKeys {
        candidates = List.copyOf(candidates);
        derivations = List.copyOf(derivations);
    }

    /** The key whose fingerprint the object's manifest or metadata names. */
    public static DecryptionKeys certain(EncryptionKey key) {
        return new DecryptionKeys(List.of(key), List.of(OpensslDerivation.PBKDF2), true);
    }

    /** One of the keys known, found out by what the content begins with. */
    public static DecryptionKeys anyOf(KeyRing ring) {
        return new DecryptionKeys(ring.keys(), List.of(OpensslDerivation.PBKDF2), false);
    }

    /** The same keys, tried with the older forms of openssl's key derivation too. */
    public DecryptionKeys withOlderForms() {
        return new DecryptionKeys(candidates, Arrays.asList(OpensslDerivation.values()), certain);
    }
}
