package dev.lifeboat.bench;

import com.sun.management.OperatingSystemMXBean;

import dev.lifeboat.crypto.DecryptionKeys;
import dev.lifeboat.crypto.EncryptionKey;
import dev.lifeboat.crypto.OpensslCipher;
import dev.lifeboat.crypto.PlainCheck;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedFrame;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.pipeline.FrameWriter;
import dev.lifeboat.pipeline.ObjectDecoder;
import dev.lifeboat.pipeline.Slicing;
import dev.lifeboat.pipeline.StoredForm;
import dev.lifeboat.secrets.Secret;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures the byte path on this machine, in MB/s of plain content (10^6 bytes), and in parentheses
 * per second of processor, which holds on a busy machine too. Run by hand: {@code java -Xmx512m -cp
 * ... dev.lifeboat.bench.BytePathBench}.
 */
public final class BytePathBench {
    private static final int FRAME = 16 * 1024 * 1024;
    private static final int FRAMES = 6;
    private static final int ROUNDS = 4;
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final CancelToken CANCEL = CancelToken.never();
    private static final Progress PROGRESS = Progress.unwatched();

    private BytePathBench() {}

    /** What is measured. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        try (Secret secret = Secret.of("bench");
                EncryptionKey key = EncryptionKey.of(secret)) {
            long busy = MACHINE.getProcessCpuTime();
            key.fingerprint();
            System.out.printf(
                    Locale.ROOT,
                    "first fingerprint: %d ms of processor%n",
                    (MACHINE.getProcessCpuTime() - busy) / 1_000_000);
            byte[] rows = rows(FRAME);
            single(key, rows);
            frames(key, rows);
        }
    }

    private static void single(EncryptionKey key, byte[] rows) throws Exception {
        measure("SHA-256", FRAME, () -> Sha256.of(rows));
        var encrypted = new ByteArrayOutputStream();
        try (var out = OpensslCipher.encrypting(encrypted, key)) {
            out.write(rows);
            out.finish();
        }
        byte[] stored = encrypted.toByteArray();
        var keys = DecryptionKeys.certain(key);
        measure(
                "encrypt",
                FRAME,
                () -> {
                    try (var out = OpensslCipher.encrypting(OutputStream.nullOutputStream(), key)) {
                        out.write(rows);
                        out.finish();
                    }
                });
        measure(
                "decrypt",
                FRAME,
                () -> {
                    try (var in =
                            OpensslCipher.decrypting(
                                    "It",
                                    new ByteArrayInputStream(stored),
                                    keys,
                                    PlainCheck.none())) {
                        in.transferTo(OutputStream.nullOutputStream());
                    }
                });
        var plain = StoredForm.encrypted("It", keys, Compression.NONE);
        measure("decrypt + both digests, one thread", FRAME, () -> drain(plain, stored));
        for (int jobs : new int[] {1, 2}) {
            measure(
                    "decrypt + both digests, " + jobs + " slice threads",
                    FRAME,
                    () -> {
                        try (var in =
                                ObjectDecoder.openParallel(
                                        plain,
                                        (position, buffer, offset, length) ->
                                                System.arraycopy(
                                                        stored,
                                                        (int) position,
                                                        buffer,
                                                        offset,
                                                        length),
                                        stored.length,
                                        new Slicing(jobs, 1024 * 1024),
                                        CANCEL,
                                        PROGRESS)) {
                            in.transferTo(OutputStream.nullOutputStream());
                        }
                    });
        }
        for (Compression compression : Compression.values()) {
            byte[] packed = encode(rows, Encoding.unencrypted(compression));
            measure(
                    "encode " + compression,
                    FRAME,
                    () -> encode(rows, Encoding.unencrypted(compression)));
            measure(
                    "decode " + compression + " (ratio " + FRAME / packed.length + ")",
                    FRAME,
                    () -> drain(StoredForm.unencrypted("It", compression), packed));
        }
    }

    private static void frames(EncryptionKey key, byte[] rows) throws Exception {
        var encoding = Encoding.encrypted(Compression.ZSTD, key);
        var stored = new ConcurrentHashMap<Integer, EncodedFrame>();
        for (int jobs : new int[] {1, 2}) {
            measure(
                    "frames zstd + encrypt, " + jobs + " jobs",
                    (long) FRAME * FRAMES,
                    () -> {
                        try (var writer =
                                new FrameWriter(
                                        FRAME,
                                        jobs,
                                        encoding,
                                        frame -> stored.put(frame.index(), frame),
                                        CANCEL,
                                        PROGRESS)) {
                            for (int i = 0; i < FRAMES; i++) {
                                writer.write(rows);
                            }
                            writer.finish();
                        }
                    });
        }
        EncodedFrame frame = stored.get(0);
        byte[] bytes = frame.stored().open().readAllBytes();
        var form =
                StoredForm.encrypted("It", DecryptionKeys.certain(key), Compression.ZSTD)
                        .expecting(frame.digests());
        byte[] into = new byte[FRAME];
        measure(
                "frame decode, all checked, one thread",
                FRAME,
                () -> ObjectDecoder.decodeInto(into, form, bytes, bytes.length));
    }

    private static byte[] encode(byte[] plain, Encoding encoding) throws Exception {
        var stored = new ByteArrayOutputStream();
        try (var out = new EncodingOutput(stored, encoding, plain.length, CANCEL, PROGRESS)) {
            out.write(plain);
            out.finish();
        }
        return stored.toByteArray();
    }

    private static void drain(StoredForm form, byte[] stored) throws Exception {
        try (var in =
                ObjectDecoder.open(form, new ByteArrayInputStream(stored), CANCEL, PROGRESS)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void measure(String what, long bytes, Work work) throws Exception {
        var text = new StringBuilder();
        for (int round = 0; round < ROUNDS; round++) {
            int times = (int) Math.max(1, 200_000_000 / bytes);
            long begun = System.nanoTime();
            long busy = MACHINE.getProcessCpuTime();
            for (int i = 0; i < times; i++) {
                work.run();
            }
            double megabytes = bytes * times / 1e6;
            text.append(
                    String.format(
                            Locale.ROOT,
                            " %6.0f (%.0f)",
                            megabytes / ((System.nanoTime() - begun) / 1e9),
                            megabytes / ((MACHINE.getProcessCpuTime() - busy) / 1e9)));
        }
        System.out.printf(Locale.ROOT, "%-42s%s%n", what, text);
    }

    /** Text of the kind a table holds: names, numbers and repetition. */
    private static byte[] rows(int size) {
        var random = new Random(42);
        var text = new StringBuilder(size + 200);
        for (int id = 1; text.length() < size; id++) {
            text.append(id).append("\tcustomer ").append(random.nextInt(100_000));
            text.append("\t2026-04-07 14:").append(random.nextInt(60)).append(":00+00\t");
            text.append(Long.toHexString(random.nextLong())).append("\tactive\t0.00\n");
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }
}
