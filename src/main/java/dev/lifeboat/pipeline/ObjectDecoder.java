package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.OpensslCipher;
import dev.lifeboat.crypto.SliceDecryptor;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Makes plain content of stored objects and checks every step: as a stream in constant memory, as a
 * stream whose slices are fetched and decrypted in parallel, or in memory, where nothing is given
 * before everything is proven.
 *
 * <p>A wrong key, wrong padding, a lost end and altered bytes are four different problems: {@code
 * KEY_WRONG}, {@code PADDING_WRONG}, {@code OBJECT_TRUNCATED} and {@code OBJECT_DAMAGED}. Safe for
 * use by many threads.
 */
public final class ObjectDecoder {
    private ObjectDecoder() {}

    /**
     * Decodes an object as it is read.
     *
     * @param stored the object from its first byte; closed with the result, and when this fails
     * @param progress counts stored bytes
     * @throws RecoveryException what the beginning alone says: {@code KEY_WRONG}, {@code
     *     OBJECT_DAMAGED}, {@code OBJECT_TRUNCATED}
     */
    public static DecodedInput open(
            StoredForm form, InputStream stored, CancelToken cancel, Progress progress)
            throws IOException, RecoveryException {
        return open(form, new PassingInput(stored, cancel, progress));
    }

    /**
     * Decodes an encrypted object, its slices fetched and decrypted by several threads. The result
     * owns the threads: it must be closed.
     *
     * @param storedBytes how long the object is
     * @param progress counts stored bytes
     */
    public static DecodedInput openParallel(
            StoredForm form,
            RangeReader reader,
            long storedBytes,
            Slicing slicing,
            CancelToken cancel,
            Progress progress)
            throws IOException, RecoveryException {
        form.stored().checkSize(form.name(), storedBytes);
        byte[] begin = new byte[(int) Math.min(SliceDecryptor.BEGIN_BYTES, storedBytes)];
        reader.read(0, begin, 0, begin.length);
        var decryptor =
                SliceDecryptor.open(
                        form.name(), begin, storedBytes, form.keys().orElseThrow(), form.check());
        var slices =
                new SlicedInput(reader, decryptor, begin, storedBytes, slicing, cancel, progress);
        return new DecodedInput(
                form, slices, form.compression().decompressing(form.name(), slices));
    }

    /**
     * Decodes an object that lies in memory. The stored bytes are checked before they are
     * decrypted, and nothing is returned before the content is checked too.
     *
     * @return the content, exactly as long as it is
     * @throws RecoveryException one of the four problems
     */
    public static byte[] decode(StoredForm form, byte[] stored, int length)
            throws RecoveryException {
        try (DecodedInput in = openChecked(form, stored, length)) {
            var promised = form.plain().sizeBytes();
            if (promised.isEmpty()) {
                return in.readAllBytes();
            }
            byte[] plain = new byte[Math.toIntExact(promised.getAsLong())];
            fill(form.name(), in, plain);
            return plain;
        } catch (IOException failed) {
            throw unwrapped(failed);
        }
    }

    /**
     * Decodes an object that lies in memory into a buffer. The buffer holds unchecked content until
     * this returns.
     *
     * @return how long the content is
     * @throws RecoveryException one of the four problems; {@code OBJECT_DAMAGED} too when the
     *     content does not fit
     */
    public static int decodeInto(byte[] plain, StoredForm form, byte[] stored, int length)
            throws RecoveryException {
        try (DecodedInput in = openChecked(form, stored, length)) {
            return fill(form.name(), in, plain);
        } catch (IOException failed) {
            throw unwrapped(failed);
        }
    }

    private static DecodedInput openChecked(StoredForm form, byte[] stored, int length)
            throws IOException, RecoveryException {
        var proven = new ProvenInput(stored, length);
        form.stored().check(form.name(), proven.storedDigest());
        return open(form, proven);
    }

    private static DecodedInput open(StoredForm form, StoredInput stored)
            throws IOException, RecoveryException {
        InputStream chain = stored;
        if (form.keys().isPresent()) {
            chain = OpensslCipher.decrypting(form.name(), stored, form.keys().get(), form.check());
        }
        return new DecodedInput(form, stored, form.compression().decompressing(form.name(), chain));
    }

    private static RecoveryException unwrapped(IOException failed) {
        try {
            return StreamException.unwrap(failed);
        } catch (IOException impossible) {
            throw new UncheckedIOException("bytes in memory cannot fail", impossible);
        }
    }

    /** Reads to the end, which the stream proves. */
    private static int fill(String name, DecodedInput in, byte[] plain) throws IOException {
        int count = in.readNBytes(plain, 0, plain.length);
        if (in.read() >= 0) {
            throw new StreamException(UnpackProblems.tooLong(name, plain.length));
        }
        return count;
    }
}
