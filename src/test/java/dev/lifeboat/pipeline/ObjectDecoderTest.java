package dev.lifeboat.pipeline;

import static dev.lifeboat.crypto.Keys.content;
import static dev.lifeboat.crypto.Keys.key;
import static dev.lifeboat.crypto.Keys.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.crypto.PlainCheck;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
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

class ObjectDecoderTest {
    private static final EncryptionKey KEY = key("right");
    private static final DecryptionKeys CERTAIN = DecryptionKeys.certain(KEY);
    private static final byte[] PLAIN = rows(200_000);
    private static final Encoded OBJECT = encode(PLAIN, Compression.ZSTD);

    /** An object and its digests. */
    private static final class Encoded {
        private final byte[] stored;
        private final EncodedDigests digests;

        Encoded(byte[] stored, EncodedDigests digests) {
            this.stored = stored;
            this.digests = digests;
        }
    }

    @Property(tries = 60)
    void whatWasEncodedComesBack(
            @ForAll @IntRange(max = 300_000) int size, @ForAll Compression compression)
            throws Exception {
        Encoded object = encode(content(size), compression);
        var form =
                StoredForm.encrypted("Object x", CERTAIN, compression)
                        .checkedBy(PlainCheck.none())
                        .expecting(object.digests);

        byte[] plain = ObjectDecoder.decode(form, object.stored, object.stored.length);

        assertThat(plain).isEqualTo(content(size));
        assertThat(object.digests.plain()).isEqualTo(Sha256.of(plain));
        assertThat(object.digests.stored()).isEqualTo(Sha256.of(object.stored));
    }

    @Property(tries = 100)
    void noFlippedBitPasses(@ForAll @IntRange(max = 10_000_000) int anywhere) {
        byte[] altered = OBJECT.stored.clone();
        altered[anywhere / 8 % altered.length] ^= (byte) (1 << anywhere % 8);

        var refused = refused(known(), altered);

        assertThat(refused.code()).isEqualTo(ProblemCode.OBJECT_DAMAGED);
        assertThat(refused.problem().what()).isEqualTo("Object x was altered.");
    }

    @Property(tries = 50)
    void aCutObjectIsCalledSo(@ForAll @IntRange(max = 10_000_000) int anywhere) {
        byte[] cut = Arrays.copyOf(OBJECT.stored, anywhere % OBJECT.stored.length);

        assertThat(refused(known(), cut).code()).isEqualTo(ProblemCode.OBJECT_TRUNCATED);
    }

    @Example
    void aWrongKeyIsToldFromDamage() {
        var keys = DecryptionKeys.anyOf(new KeyRing(List.of(key("wrong"), key("wrong too"))));
        var form = StoredForm.encrypted("Object x", keys, Compression.ZSTD);

        var refused = refused(form, OBJECT.stored);

        assertThat(refused.code()).isEqualTo(ProblemCode.KEY_WRONG);
        assertThat(refused.problem().why()).contains("None of the 2 keys");
    }

    @Example
    void oneOfSeveralKeysIsFoundByTheContent() throws Exception {
        var keys = DecryptionKeys.anyOf(new KeyRing(List.of(key("wrong"), KEY)));
        var form = StoredForm.encrypted("Object x", keys, Compression.ZSTD);

        assertThat(ObjectDecoder.decode(form, OBJECT.stored, OBJECT.stored.length))
                .isEqualTo(PLAIN);
    }

    /** The cipher of a frame is checked before its content: here the digests are consistent. */
    @Example
    void contentLongerThanRecordedIsRefusedBeforeItIsUnpackedWhole() throws Exception {
        var promised =
                new EncodedDigests(
                        new ContentDigest(1_000, OBJECT.digests.plain().sha256()),
                        OBJECT.digests.stored());
        var form = known().expecting(promised);

        assertThat(refused(form, OBJECT.stored).problem().why()).contains("more than the 1000");
        var into =
                catchThrowableOfType(
                        RecoveryException.class,
                        () ->
                                ObjectDecoder.decodeInto(
                                        new byte[1_000],
                                        StoredForm.encrypted("X", CERTAIN, Compression.ZSTD),
                                        OBJECT.stored,
                                        OBJECT.stored.length));
        assertThat(into.code()).isEqualTo(ProblemCode.OBJECT_DAMAGED);
    }

    @Example
    void aStreamThatGivesMoreThanWasRecordedStopsThere() throws Exception {
        var form = known().expecting(ExpectedContent.unknown(), ExpectedContent.ofSize(1_000));
        var in =
                ObjectDecoder.open(
                        form,
                        new ByteArrayInputStream(OBJECT.stored),
                        CancelToken.never(),
                        Progress.unwatched());

        var stopped = catchThrowableOfType(StreamException.class, () -> in.readNBytes(1_001));

        assertThat(stopped.recovery().code()).isEqualTo(ProblemCode.OBJECT_DAMAGED);
    }

    @Example
    void contentThatIsNotWhatWasRecordedIsRefused() {
        var other = new EncodedDigests(Sha256.of(new byte[PLAIN.length]), OBJECT.digests.stored());

        var refused = refused(known().expecting(other), OBJECT.stored);

        assertThat(refused.code()).isEqualTo(ProblemCode.OBJECT_DAMAGED);
        assertThat(refused.problem().what()).isEqualTo("The content of object x was altered.");
    }

    @Example
    void aStreamEndsOnlyWhenAllIsProven() throws Exception {
        byte[] altered = OBJECT.stored.clone();
        altered[altered.length - 1] ^= 1;
        var in =
                ObjectDecoder.open(
                        known(),
                        new ByteArrayInputStream(altered),
                        CancelToken.never(),
                        Progress.unwatched());

        var first = catchThrowableOfType(StreamException.class, in::readAllBytes);
        var again = catchThrowableOfType(StreamException.class, in::read);

        assertThat(first.recovery().problem().what()).isEqualTo("Object x was altered.");
        assertThat(again).isSameAs(first);
    }

    @Example
    void withoutADigestTheEndIsStillChecked() {
        byte[] altered = OBJECT.stored.clone();
        altered[altered.length - 1] ^= 0x40;

        var refused = refused(StoredForm.encrypted("Object x", CERTAIN, Compression.ZSTD), altered);

        assertThat(refused.code()).isEqualTo(ProblemCode.PADDING_WRONG);
    }

    @Example
    void aStopEndsTheReading() throws Exception {
        var cancel = new CancelToken();
        byte[] plain = content(3_000_000);
        Encoded large = encode(plain, Compression.NONE);
        var form =
                StoredForm.encrypted("X", CERTAIN, Compression.NONE).checkedBy(PlainCheck.none());
        try (var in =
                ObjectDecoder.open(
                        form,
                        new ByteArrayInputStream(large.stored),
                        cancel,
                        Progress.unwatched())) {
            assertThat(in.readNBytes(1_000)).hasSize(1_000);
            cancel.cancel();

            var stopped = catchThrowableOfType(StreamException.class, in::readAllBytes);

            assertThat(stopped.recovery().code()).isEqualTo(ProblemCode.CANCELLED);
        }
    }

    @Example
    void digestsAreKnownAtTheEndAndNotBefore() throws Exception {
        var progress = new Progress();
        try (var in =
                ObjectDecoder.open(
                        StoredForm.encrypted("X", CERTAIN, Compression.ZSTD)
                                .expecting(
                                        ExpectedContent.ofSize(OBJECT.stored.length),
                                        ExpectedContent.unknown()),
                        new ByteArrayInputStream(OBJECT.stored),
                        CancelToken.never(),
                        progress)) {
            assertThat(catchThrowableOfType(IllegalStateException.class, in::digests)).isNotNull();

            in.readAllBytes();

            assertThat(in.digests()).isEqualTo(OBJECT.digests);
            assertThat(progress.done()).isEqualTo(OBJECT.stored.length);
        }
    }

    private static StoredForm known() {
        return StoredForm.encrypted("Object x", CERTAIN, Compression.ZSTD)
                .expecting(OBJECT.digests);
    }

    private static RecoveryException refused(StoredForm form, byte[] stored) {
        return catchThrowableOfType(
                RecoveryException.class, () -> ObjectDecoder.decode(form, stored, stored.length));
    }

    private static Encoded encode(byte[] plain, Compression compression) {
        var stored = new ByteArrayOutputStream();
        try (var out =
                new EncodingOutput(
                        stored,
                        Encoding.encrypted(compression, KEY),
                        CancelToken.never(),
                        Progress.unwatched())) {
            out.write(plain);
            EncodedDigests digests = out.finish();
            return new Encoded(stored.toByteArray(), digests);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
