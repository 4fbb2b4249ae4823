package dev.lifeboat.crypto;

import static dev.lifeboat.crypto.Keys.content;
import static dev.lifeboat.crypto.Keys.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What is wrong with an object is told apart, and told before its content is used. */
class OpensslProblemsTest {
    private static final EncryptionKey KEY = key("right");
    private static final EncryptionKey OTHER = key("other");
    private static final byte[] MARK = "PGDMP".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final PlainCheck DUMP =
            (head, length) -> length >= 5 && Arrays.equals(head, 0, 5, MARK, 0, 5);

    @Property(tries = 30)
    void aWrongKeyIsFoundBeforeAByteIsHandedOut(@ForAll @IntRange(max = 2_000) int size)
            throws Exception {
        byte[] stored = encrypt(dump(size));

        var problem = opening(stored, new DecryptionKeys(List.of(OTHER), pbkdf2(), false));

        assertThat(problem.code()).isEqualTo(ProblemCode.KEY_WRONG);
        assertThat(problem.problem().what()).contains("cannot be opened with the key");
    }

    @Property(tries = 30)
    void aWrongKeyIsNotTakenForDamageWhenTheFingerprintSaidItIsRight(
            @ForAll @IntRange(max = 2_000) int size) throws Exception {
        byte[] stored = encrypt(dump(size));
        stored[9] ^= 1;

        var problem = opening(stored, DecryptionKeys.certain(KEY));

        assertThat(problem.code()).isEqualTo(ProblemCode.OBJECT_DAMAGED);
        assertThat(problem.problem().what()).contains("damaged at its beginning");
    }

    @Property(tries = 60)
    void wrongPaddingIsNeitherAWrongKeyNorTruncation(
            @ForAll @IntRange(min = 28, max = 40_000) int size) throws Exception {
        byte[] stored = encrypt(dump(size));
        stored[stored.length - OpensslCipher.BLOCK_BYTES - 1] ^= 0x40;

        var problem = reading(stored, DecryptionKeys.anyOf(new KeyRing(List.of(KEY))));

        assertThat(problem.code()).isEqualTo(ProblemCode.PADDING_WRONG);
        assertThat(problem.problem().why()).contains("no valid padding");
    }

    @Property(tries = 60)
    void aLostEndIsTruncation(
            @ForAll @IntRange(max = 40_000) int size, @ForAll @IntRange(min = 1, max = 15) int lost)
            throws Exception {
        byte[] whole = encrypt(dump(size));

        var problem =
                reading(
                        Arrays.copyOf(whole, whole.length - lost),
                        DecryptionKeys.anyOf(new KeyRing(List.of(KEY))));

        assertThat(problem.code()).isEqualTo(ProblemCode.OBJECT_TRUNCATED);
        assertThat(problem.problem().why()).contains((whole.length - lost) + " bytes");
    }

    @Property(tries = 33, generation = net.jqwik.api.GenerationMode.EXHAUSTIVE)
    void lessThanOneBlockIsTruncation(@ForAll @IntRange(max = 31) int length) throws Exception {
        byte[] stored = Arrays.copyOf(encrypt(dump(100)), length);

        var problem = opening(stored, DecryptionKeys.certain(KEY));

        assertThat(problem.code()).isEqualTo(ProblemCode.OBJECT_TRUNCATED);
    }

    @Example
    void whatIsNotEncryptedIsCalledSo() {
        var problem = opening(dump(100), DecryptionKeys.certain(KEY));

        assertThat(problem.code()).isEqualTo(ProblemCode.OBJECT_DAMAGED);
        assertThat(problem.problem().what()).contains("not encrypted");
    }

    @Example
    void aStreamThatFailedFailsAgain() throws Exception {
        byte[] whole = encrypt(dump(100_000));
        var cut = new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 3));
        var in = OpensslCipher.decrypting("It", cut, DecryptionKeys.certain(KEY), DUMP);

        var first = catchThrowableOfType(IOException.class, in::readAllBytes);
        var second = catchThrowableOfType(IOException.class, in::read);

        assertThat(first).isInstanceOf(StreamException.class).isSameAs(second);
    }

    @Example
    void aSourceThatFailsOnceIsNotReadOnWithAHole() throws Exception {
        byte[] whole = encrypt(dump(100_000));
        var flaky =
                new java.io.FilterInputStream(new ByteArrayInputStream(whole)) {
                    private int reads;

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        if (++reads == 4) {
                            super.read(buffer, offset, 100);
                            throw new IOException("reset");
                        }
                        return super.read(buffer, offset, Math.min(length, 10_000));
                    }
                };
        var in = OpensslCipher.decrypting("It", flaky, DecryptionKeys.certain(KEY), DUMP);

        assertThat(catchThrowableOfType(IOException.class, in::readAllBytes)).hasMessage("reset");
        assertThat(catchThrowableOfType(IOException.class, in::read)).hasMessage("reset");
    }

    private static List<OpensslDerivation> pbkdf2() {
        return List.of(OpensslDerivation.PBKDF2);
    }

    private static byte[] dump(int size) {
        byte[] content = content(size + MARK.length);
        System.arraycopy(MARK, 0, content, 0, MARK.length);
        return content;
    }

    private static byte[] encrypt(byte[] plain) throws IOException {
        var stored = new ByteArrayOutputStream();
        try (var out = OpensslCipher.encrypting(stored, KEY)) {
            out.write(plain);
            out.finish();
        }
        return stored.toByteArray();
    }

    private static RecoveryException opening(byte[] stored, DecryptionKeys keys) {
        return catchThrowableOfType(
                RecoveryException.class,
                () ->
                        OpensslCipher.decrypting(
                                "Object x", new ByteArrayInputStream(stored), keys, DUMP));
    }

    private static RecoveryException reading(byte[] stored, DecryptionKeys keys)
            throws IOException {
        try (var in =
                OpensslCipher.decrypting(
                        "Object x", new ByteArrayInputStream(stored), keys, DUMP)) {
            in.readAllBytes();
            throw new AssertionError("read to the end");
        } catch (RecoveryException opening) {
            return opening;
        } catch (IOException reading) {
            return StreamException.unwrap(reading);
        }
    }
}
