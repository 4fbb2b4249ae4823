package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;
import java.io.InputStream;

/** Stored bytes as a stream gives them. */
final class PassingInput extends StoredInput {
    private final InputStream source;
    private final CancelToken cancel;
    private final Progress progress;
    private final Sha256 sha256 = new Sha256();
    private boolean ended;

    PassingInput(InputStream source, CancelToken cancel, Progress progress) {
        this.source = source;
        this.cancel = cancel;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            cancel.check();
        } catch (CancelledException cancelled) {
            throw new StreamException(cancelled);
        }
        if (ended) {
            return -1; // who read to the end may have closed the source, and a file then fails
        }
        int count = source.read(buffer, offset, length);
        if (count > 0) {
            sha256.update(buffer, offset, count);
            progress.add(count);
        }
        ended |= count < 0;
        return count;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    @Override
    boolean ended() {
        return ended;
    }

    @Override
    ContentDigest storedDigest() {
        return sha256.finish();
    }
}
