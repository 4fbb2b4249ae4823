package dev.lifeboat.pipeline;

import static dev.lifeboat.crypto.Keys.key;
import static dev.lifeboat.crypto.Keys.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.Programs;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class FrameWriterTest {
    private static final int FRAME = 100_000;
    private static final EncryptionKey KEY = key("frames");
    private static final Encoding ENCODING = Encoding.encrypted(Compression.ZSTD, KEY);

    private final Map<Integer, EncodedFrame> stored = new ConcurrentHashMap<>();
    private final CancelToken cancel = new CancelToken();
    private final Progress progress = new Progress();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 17})
    void theFramesTogetherAreTheStream(int size) throws Exception {
        byte[] plain = rows(size);

        int frames = write(plain, 7_001, frame -> stored.put(frame.index(), frame));

        assertThat(frames).isEqualTo((size + FRAME - 1) / FRAME).isEqualTo(stored.size());
        assertThat(decoded(frames)).isEqualTo(plain);
        assertThat(progress.done()).isEqualTo(size);
    }

    @Test
    void aFrameIsReadableByHand() throws Exception {
        byte[] plain = rows(FRAME);
        write(plain, FRAME, frame -> stored.put(frame.index(), frame));

        byte[] bytes = stored.get(0).stored().open().readAllBytes();
        byte[] decrypted = Programs.openssl("frames", bytes, "-d -pbkdf2");

        assertThat(Programs.run(decrypted, "zstd", "-d", "-c")).isEqualTo(plain);
        assertThat(com.github.luben.zstd.Zstd.getFrameContentSize(decrypted)).isEqualTo(FRAME);
    }

    @Test
    void theDigestsAreThoseOfBothSides() throws Exception {
        byte[] plain = rows(FRAME);
        write(plain, FRAME, frame -> stored.put(frame.index(), frame));

        EncodedFrame frame = stored.get(0);

        assertThat(frame.digests().plain()).isEqualTo(Sha256.of(plain));
        assertThat(frame.digests().stored())
                .isEqualTo(Sha256.of(frame.stored().open().readAllBytes()));
    }

    @Test
    void theFirstFailureStopsTheStream() {
        var failed = new RecoveryException(ProblemCode.STORAGE_FAILED, "What.", "Why.", "Remedy.");
        var refused = new AtomicInteger();

        var thrown =
                catchThrowableOfType(
                        IOException.class,
                        () ->
                                write(
                                        rows(50 * FRAME),
                                        FRAME,
                                        _ -> {
                                            refused.incrementAndGet();
                                            throw failed;
                                        }));

        assertThat(thrown).isInstanceOf(StreamException.class).hasCause(failed);
        assertThat(refused).hasValueLessThan(10);
    }

    @Test
    void aFailureOfTheLastFrameIsNotLost() {
        var failed = new RecoveryException(ProblemCode.STORAGE_FAILED, "What.", "Why.", "Remedy.");

        var thrown =
                catchThrowableOfType(
                        RecoveryException.class,
                        () ->
                                write(
                                        rows(10),
                                        10,
                                        _ -> {
                                            throw new StreamException(failed);
                                        }));

        assertThat(thrown).isSameAs(failed);
    }

    @Test
    void aStopFreesAWriterThatWaitsForABuffer() throws Exception {
        var storing = new CountDownLatch(2);
        FrameSink stuck =
                _ -> {
                    storing.countDown();
                    await(new CountDownLatch(1));
                };
        var stopper =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    await(storing);
                                    cancel.cancel();
                                });

        var thrown =
                catchThrowableOfType(
                        IOException.class, () -> write(rows(50 * FRAME), FRAME, stuck));
        stopper.join();

        assertThat(StreamException.unwrap(thrown).code()).isEqualTo(ProblemCode.CANCELLED);
    }

    private int write(byte[] plain, int step, FrameSink sink)
            throws IOException, RecoveryException {
        try (var writer = new FrameWriter(FRAME, 2, ENCODING, sink, cancel, progress)) {
            for (int at = 0; at < plain.length; at += step) {
                writer.write(plain, at, Math.min(step, plain.length - at));
            }
            return writer.finish();
        }
    }

    private byte[] decoded(int frames) throws Exception {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < frames; i++) {
            byte[] bytes = stored.get(i).stored().open().readAllBytes();
            var form =
                    StoredForm.encrypted(
                                    "Frame " + i, DecryptionKeys.certain(KEY), Compression.ZSTD)
                            .expecting(stored.get(i).digests());
            all.writeBytes(ObjectDecoder.decode(form, bytes, bytes.length));
        }
        return all.toByteArray();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
