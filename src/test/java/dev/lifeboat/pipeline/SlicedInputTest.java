package dev.lifeboat.pipeline;

import static dev.lifeboat.crypto.Keys.content;
import static dev.lifeboat.crypto.Keys.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.OpensslCipher;
import dev.lifeboat.crypto.PlainCheck;
import dev.lifeboat.crypto.Programs;
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

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Slices fetched and decrypted side by side give the object that openssl encrypted. */
class SlicedInputTest {
    private static final DecryptionKeys KEYS = DecryptionKeys.certain(key("slices"));
    private static final int SLICE = 4_096;

    @Property(tries = 60)
    void slicesTogetherAreTheObject(
            @ForAll @IntRange(min = 1, max = 6) int slices,
            @ForAll @IntRange(min = -33, max = 33) int around,
            @ForAll @IntRange(min = 1, max = 5) int jobs)
            throws Exception {
        byte[] plain = content(slices * SLICE + around);
        byte[] stored = Programs.openssl("slices", plain, "-pbkdf2");

        assertThat(read(stored, Sha256.of(stored).sha256(), jobs)).isEqualTo(plain);
    }

    @Example
    void anEmptyObjectIsEmpty() throws Exception {
        byte[] stored = Programs.openssl("slices", new byte[0], "-pbkdf2");

        assertThat(read(stored, Sha256.of(stored).sha256(), 2)).isEmpty();
    }

    @Property(tries = 60)
    void noFlippedBitPasses(@ForAll @IntRange(max = 10_000_000) int anywhere) throws Exception {
        byte[] stored = Programs.openssl("slices", content(5 * SLICE), "-pbkdf2");
        String digest = Sha256.of(stored).sha256();
        int at = OpensslCipher.HEADER_BYTES + anywhere % (stored.length - 16);
        stored[at] ^= 4;

        assertThat(problem(stored, digest).code()).isEqualTo(ProblemCode.OBJECT_DAMAGED);
    }

    @Example
    void wrongPaddingAndALostEndAreTold() throws Exception {
        byte[] stored = Programs.openssl("slices", content(5 * SLICE), "-pbkdf2");
        byte[] padding = stored.clone();
        padding[padding.length - 1] ^= 0x40;

        assertThat(problem(padding, null).code()).isEqualTo(ProblemCode.PADDING_WRONG);
        assertThat(problem(Arrays.copyOf(stored, 9_999), null).code())
                .isEqualTo(ProblemCode.OBJECT_TRUNCATED);
    }

    @Example
    void aRangeThatCannotBeReadFailsTheReading() throws Exception {
        byte[] stored = Programs.openssl("slices", content(9 * SLICE), "-pbkdf2");
        var failed = new RecoveryException(ProblemCode.STORAGE_FAILED, "What.", "Why.", "Remedy.");
        RangeReader reader =
                (position, buffer, offset, length) -> {
                    if (position > 6 * SLICE) {
                        throw failed;
                    }
                    System.arraycopy(stored, (int) position, buffer, offset, length);
                };

        try (var in = open(reader, stored.length, null, 2, new CancelToken())) {
            var thrown = catchThrowableOfType(StreamException.class, in::readAllBytes);

            assertThat(thrown.recovery()).isSameAs(failed);
        }
    }

    @Example
    void aStopFreesAReaderThatWaits() throws Exception {
        byte[] stored = Programs.openssl("slices", content(9 * SLICE), "-pbkdf2");
        var cancel = new CancelToken();
        var waiting = new CountDownLatch(1);
        RangeReader reader =
                (position, buffer, offset, length) -> {
                    if (position > 0) {
                        waiting.countDown();
                        sleepForever();
                    }
                    System.arraycopy(stored, (int) position, buffer, offset, length);
                };
        var stopper =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    awaitQuietly(waiting);
                                    cancel.cancel();
                                });

        try (var in = open(reader, stored.length, null, 1, cancel)) {
            var thrown = catchThrowableOfType(StreamException.class, in::readAllBytes);

            assertThat(thrown.recovery().code()).isEqualTo(ProblemCode.CANCELLED);
        }
        stopper.join();
    }

    private static byte[] read(byte[] stored, String digest, int jobs)
            throws IOException, RecoveryException {
        RangeReader reader =
                (position, buffer, offset, length) ->
                        System.arraycopy(stored, (int) position, buffer, offset, length);
        try (var in = open(reader, stored.length, digest, jobs, new CancelToken())) {
            return in.readAllBytes();
        }
    }

    private static DecodedInput open(
            RangeReader reader, int storedBytes, String digest, int jobs, CancelToken cancel)
            throws IOException, RecoveryException {
        var form =
                StoredForm.encrypted("Object x", KEYS, Compression.NONE)
                        .checkedBy(PlainCheck.none())
                        .expecting(
                                new ExpectedContent(
                                        java.util.OptionalLong.empty(),
                                        java.util.Optional.ofNullable(digest)),
                                ExpectedContent.unknown());
        return ObjectDecoder.openParallel(
                form, reader, storedBytes, new Slicing(jobs, SLICE), cancel, new Progress());
    }

    private static RecoveryException problem(byte[] stored, String digest) throws IOException {
        try {
            read(stored, digest, 2);
            throw new AssertionError("was accepted");
        } catch (RecoveryException opening) {
            return opening;
        } catch (IOException reading) {
            return StreamException.unwrap(reading);
        }
    }

    private static void sleepForever() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
