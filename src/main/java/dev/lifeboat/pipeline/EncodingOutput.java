package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.DigestingOutput;
import dev.lifeboat.crypto.EncryptingOutput;
import dev.lifeboat.crypto.OpensslCipher;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Compresses, encrypts and digests one object on its way to a target. Takes constant memory
 * whatever the object's size. Used by one thread.
 *
 * <p>Only {@link #finish()} writes the end: an object whose writer failed cannot be taken for a
 * whole one. The target stays its owner's to complete and to close.
 */
public final class EncodingOutput extends OutputStream {
    /** The cancel token is asked at least once in so many bytes. */
    private static final int STEP_BYTES = 1024 * 1024;

    private final CancelToken cancel;
    private final Progress progress;
    private final DigestingOutput stored;
    private final EncryptingOutput encrypting;
    private final CompressingOutput compressing;
    private final Sha256 plain = new Sha256();

    /**
     * @param plainBytes exactly as much as will be written, or {@link Compression#UNKNOWN_SIZE}
     * @param progress counts plain bytes
     */
    public EncodingOutput(
            OutputStream target,
            Encoding encoding,
            long plainBytes,
            CancelToken cancel,
            Progress progress)
            throws IOException {
        this.cancel = cancel;
        this.progress = progress;
        stored = new DigestingOutput(target);
        encrypting =
                encoding.key().isPresent()
                        ? OpensslCipher.encrypting(stored, encoding.key().get())
                        : null;
        compressing =
                encoding.compression()
                        .compressing(encrypting == null ? stored : encrypting, plainBytes);
    }

    /** An object of a size nobody knows yet. */
    public EncodingOutput(
            OutputStream target, Encoding encoding, CancelToken cancel, Progress progress)
            throws IOException {
        this(target, encoding, Compression.UNKNOWN_SIZE, cancel, progress);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /**
     * @throws StreamException with {@code CANCELLED} when the stop was asked for
     */
    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += STEP_BYTES) {
            step(buffer, offset + done, Math.min(STEP_BYTES, length - done));
        }
    }

    private void step(byte[] buffer, int offset, int length) throws IOException {
        try {
            cancel.check();
        } catch (CancelledException cancelled) {
            throw new StreamException(cancelled);
        }
        compressing.write(buffer, offset, length);
        plain.update(buffer, offset, length);
        progress.add(length);
    }

    /** Writes the end and says what was written. Nothing may be written afterwards. */
    public EncodedDigests finish() throws IOException {
        compressing.finish();
        if (encrypting != null) {
            encrypting.finish();
        }
        stored.flush();
        return new EncodedDigests(plain.finish(), stored.finish());
    }

    /** Frees what it holds; what was not finished stays without its end. */
    @Override
    public void close() {
        compressing.close();
        if (encrypting != null) {
            encrypting.close();
        }
    }
}
