package dev.lifeboat.crypto;

import static dev.lifeboat.crypto.Keys.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.Secret;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

class EncryptionKeyTest {
    /** Once written into a bucket a fingerprint must be found again by every later version. */
    @Test
    void theFingerprintNeverChanges() {
        try (var key = key("correct horse battery staple")) {
            assertThat(key.fingerprint().hex()).isEqualTo("8324591d04f0fdc7");
        }
    }

    @Test
    void aGeneratedPassphraseIsThatOfOpensslRand() {
        try (Secret one = EncryptionKey.generatePassphrase(new SecureRandom());
                Secret two = EncryptionKey.generatePassphrase(new SecureRandom())) {
            String text = new String(one.copyUtf8(), StandardCharsets.US_ASCII);

            assertThat(text).hasSize(44);
            assertThat(Base64.getDecoder().decode(text)).hasSize(32);
            assertThat(one.sameAs(two)).isFalse();
        }
    }

    @Test
    void aClosedKeyGivesNothingAnyMore() {
        var key = key("secret");
        key.fingerprint();

        key.close();

        assertThatThrownBy(key::fingerprint).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(key::copyPassphrase).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void printsNothingOfThePassphrase() {
        assertThat(key("hunter2")).asString().doesNotContain("hunter2").contains("***");
    }

    @Test
    void anEmptyPassphraseIsNoKey() {
        assertThatThrownBy(() -> key("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRingPicksByFingerprintAndNamesWhatItLacks() throws Exception {
        try (var old = key("old");
                var ring = new KeyRing(List.of(key("new"), key("old")))) {
            assertThat(ring.require(old.fingerprint(), "It")).isSameAs(ring.keys().get(1));
            assertThat(ring.current()).isSameAs(ring.keys().get(0));

            var unknown = new KeyFingerprint("0123456789abcdef");
            var refused =
                    catchThrowableOfType(
                            RecoveryException.class, () -> ring.require(unknown, "Backup b"));

            assertThat(refused.code()).isEqualTo(ProblemCode.KEY_WRONG);
            assertThat(refused)
                    .hasMessageContainingAll(
                            "Backup b",
                            "0123456789abcdef",
                            ring.current().fingerprint().hex(),
                            old.fingerprint().hex());
        }
    }
}
