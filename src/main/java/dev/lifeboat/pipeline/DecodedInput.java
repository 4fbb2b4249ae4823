package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.ExpectedContent;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The plain content of a stored object, checked as it is read. Its end ({@code -1}) is given only
 * when every stored byte was read and both sides are what was expected: until then nothing that
 * came out of it is proven. A stream that failed fails again, the same way, on every later read.
 *
 * <p>Problems come in a {@link StreamException}: {@code OBJECT_TRUNCATED}, {@code OBJECT_DAMAGED},
 * {@code PADDING_WRONG}, {@code CANCELLED}, or what the source throws. Closing it closes the
 * source. Used by one thread.
 */
public final class DecodedInput extends InputStream {
    private final StoredForm form;
    private final StoredInput stored;
    private final InputStream plain;
    private final Sha256 sha256 = new Sha256();
    private IOException failure;
    private EncodedDigests digests;

    DecodedInput(StoredForm form, StoredInput stored, InputStream plain) {
        this.form = form;
        this.stored = stored;
        this.plain = plain;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (digests != null) {
            return -1;
        }
        try {
            return readChecked(buffer, offset, length);
        } catch (RecoveryException problem) {
            failure = new StreamException(problem);
        } catch (IOException problem) {
            failure = problem;
        }
        throw failure;
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }

    /**
     * Size and digest of both sides, once the end was reached.
     *
     * @throws IllegalStateException before
     */
    public EncodedDigests digests() {
        if (digests == null) {
            throw new IllegalStateException("The end of " + form.name() + " was not reached.");
        }
        return digests;
    }

    private int readChecked(byte[] buffer, int offset, int length)
            throws IOException, RecoveryException {
        int count = readPlain(buffer, offset, length);
        if (count < 0) {
            end();
            return -1;
        }
        sha256.update(buffer, offset, count);
        var promised = form.plain().sizeBytes();
        if (promised.isPresent() && sha256.sizeBytes() > promised.getAsLong()) {
            throw UnpackProblems.tooLong(form.name(), promised.getAsLong());
        }
        return count;
    }

    /**
     * When the whole object was read, what is wrong with its bytes comes before what came of it.
     */
    private int readPlain(byte[] buffer, int offset, int length)
            throws IOException, RecoveryException {
        try {
            return plain.read(buffer, offset, length);
        } catch (IOException failed) {
            if (stored.ended()) {
                form.stored().check(form.name(), stored.storedDigest());
            }
            throw failed;
        }
    }

    private void end() throws IOException, RecoveryException {
        stored.transferTo(OutputStream.nullOutputStream());
        var storedDigest = stored.storedDigest();
        form.stored().check(form.name(), storedDigest);
        var plainDigest = sha256.finish();
        ExpectedContent expected = form.plain();
        expected.check("The content of " + lowerCase(form.name()), plainDigest);
        digests = new EncodedDigests(plainDigest, storedDigest);
    }

    private static String lowerCase(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
