package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.crypto.OpensslCipher;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.crypto.SliceDecryptor;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.Future;

/**
 * One encrypted object, fetched and decrypted in slices by several threads, given decrypted and in
 * order. The stored bytes are digested in order by the reading thread.
 */
final class SlicedInput extends StoredInput {
    private static final int HEADER = OpensslCipher.HEADER_BYTES;
    private static final int BLOCK = OpensslCipher.BLOCK_BYTES;

    private final RangeReader reader;
    private final SliceDecryptor decryptor;
    private final long storedBytes;
    private final int sliceBytes;
    private final Progress progress;
    private final Workers workers;
    private final Sha256 sha256 = new Sha256();
    private final ArrayDeque<Future<Slice>> ahead = new ArrayDeque<>();
    private long asked = HEADER;
    private Slice current;
    private int position;

    SlicedInput(
            RangeReader reader,
            SliceDecryptor decryptor,
            byte[] header,
            long storedBytes,
            Slicing slicing,
            CancelToken cancel,
            Progress progress)
            throws CancelledException {
        this.reader = reader;
        this.decryptor = decryptor;
        this.storedBytes = storedBytes;
        this.sliceBytes = slicing.sliceBytes();
        this.progress = progress;
        this.workers = new Workers("slice", slicing.jobs(), cancel);
        sha256.update(header, 0, HEADER);
        progress.add(HEADER);
        for (int i = 0; i <= slicing.jobs() && asked < storedBytes; i++) {
            ask(new Slice(sliceBytes));
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (current == null || position == current.plainLength) {
            if (!next()) {
                return -1;
            }
        }
        int count = Math.min(length, current.plainLength - position);
        System.arraycopy(current.plain, position, buffer, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() {
        workers.close();
    }

    @Override
    boolean ended() {
        return sha256.sizeBytes() == storedBytes;
    }

    @Override
    ContentDigest storedDigest() {
        return sha256.finish();
    }

    /** Goes on to the next slice. Whether there is one. */
    private boolean next() throws IOException {
        try {
            if (current != null && asked < storedBytes) {
                ask(current);
            }
            current = null;
            position = 0;
            if (ahead.isEmpty()) {
                return false;
            }
            current = pass(workers.await(ahead.remove()));
            return true;
        } catch (RecoveryException problem) {
            throw new StreamException(problem);
        }
    }

    private Slice pass(Slice slice) throws StreamException {
        sha256.update(slice.stored, BLOCK, slice.storedLength);
        progress.add(slice.storedLength);
        if (ended()) {
            slice.plainLength = decryptor.plainLength(slice.plain, slice.storedLength);
        }
        return slice;
    }

    private void ask(Slice slice) throws CancelledException {
        long from = asked;
        int length = (int) Math.min(sliceBytes, storedBytes - from);
        asked += length;
        ahead.add(workers.submit(() -> fetch(slice, from, length)));
    }

    private Slice fetch(Slice slice, long from, int length) throws IOException, RecoveryException {
        reader.read(from - BLOCK, slice.stored, 0, BLOCK + length);
        decryptor.decrypt(slice.stored, length, slice.plain, from == HEADER);
        slice.storedLength = length;
        slice.plainLength = length;
        return slice;
    }
}
