package dev.lifeboat.crypto;

import static dev.lifeboat.crypto.Keys.content;
import static dev.lifeboat.crypto.Keys.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.RecoveryException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

class OpensslCipherTest {
    private static final String PASSPHRASE = "kestrel ümlaut 7/=+";
    private static final EncryptionKey KEY = key(PASSPHRASE);

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 15, 16, 17, 31, 32, 33, 495, 496, 497, 511, 512, 513, 527, 528, 529, 32_751,
                32_752, 32_753, 32_767, 32_768, 32_769, 32_783, 32_784, 32_785, 65_535, 65_536,
                65_537, 98_304, 5_000_003
            })
    void opensslReadsWhatIsWrittenAndTheOtherWayRound(int size) throws Exception {
        byte[] plain = content(size);

        byte[] ours = encrypt(plain, size);
        byte[] theirs = Programs.openssl(PASSPHRASE, plain, "-pbkdf2 -salt");

        assertThat(ours).hasSize((int) OpensslCipher.storedBytes(size));
        assertThat(theirs).hasSize(ours.length);
        assertThat(Programs.openssl(PASSPHRASE, ours, "-d -pbkdf2")).isEqualTo(plain);
        assertThat(decrypt(theirs)).isEqualTo(plain);
    }

    @Property(tries = 60)
    void anyContentComesBackHoweverItIsCutIntoWrites(
            @ForAll @IntRange(max = 200_000) int size,
            @ForAll @IntRange(min = 1, max = 70_000) int step)
            throws Exception {
        byte[] plain = content(size);

        assertThat(decrypt(encrypt(plain, step))).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryFormOfOpensslWhenAskedTo(OpensslDerivation form) throws Exception {
        byte[] plain = "PGDMP and what follows it".getBytes(StandardCharsets.US_ASCII);
        byte[] stored = Programs.openssl(PASSPHRASE, plain, form.opensslOptions() + " -salt");
        var keys = new DecryptionKeys(List.of(key("another"), KEY), List.of(), false);

        PlainCheck dump = (head, _) -> Arrays.equals(head, 0, 5, plain, 0, 5);
        try (var in =
                OpensslCipher.decrypting(
                        "It", new ByteArrayInputStream(stored), keys.withOlderForms(), dump)) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 40, 496, 512, 100_000})
    void anObjectWhoseWriterFailedHasNoEnd(int size) throws Exception {
        var stored = new ByteArrayOutputStream();
        try (var out = OpensslCipher.encrypting(stored, KEY)) {
            out.write(content(size));
        }

        assertThatThrownBy(() -> decrypt(stored.toByteArray())).hasMessageContainingAll("Object");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 17, 5_000})
    void everyObjectHasItsOwnSalt(int size) throws Exception {
        assertThat(encrypt(content(size), 7)).isNotEqualTo(encrypt(content(size), 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33})
    void readsByteForByteAsInBlocks(int size) throws Exception {
        byte[] stored = encrypt(content(size), 1);
        var out = new ByteArrayOutputStream();
        try (var in = open(stored, DecryptionKeys.certain(KEY), PlainCheck.none())) {
            for (int one = in.read(); one >= 0; one = in.read()) {
                out.write(one);
            }
        }

        assertThat(out.toByteArray()).isEqualTo(content(size));
    }

    static byte[] encrypt(byte[] plain, int step) throws IOException {
        var stored = new ByteArrayOutputStream();
        try (var out = OpensslCipher.encrypting(stored, KEY)) {
            for (int at = 0; at < plain.length; at += step) {
                out.write(plain, at, Math.min(step, plain.length - at));
            }
            out.finish();
        }
        return stored.toByteArray();
    }

    private static byte[] decrypt(byte[] stored) throws IOException, RecoveryException {
        try (var in = open(stored, DecryptionKeys.certain(KEY), PlainCheck.none())) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(byte[] stored, DecryptionKeys keys, PlainCheck check)
            throws IOException, RecoveryException {
        var copy = Arrays.copyOf(stored, stored.length);
        return OpensslCipher.decrypting("Object x", new ByteArrayInputStream(copy), keys, check);
    }
}
