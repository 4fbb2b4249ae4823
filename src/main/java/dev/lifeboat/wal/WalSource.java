package dev.lifeboat.wal;

import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;

/** Where segments come from: a folder, an archive. Used by several threads at once. */
@FunctionalInterface
public interface WalSource {
    /**
     * Opens a segment's plain content (decrypted, unpacked) from its first byte; the caller closes
     * it, perhaps long before its end.
     *
     * @throws RecoveryException when the segment is not to be had
     */
    InputStream open(WalSegment segment) throws IOException, RecoveryException;
}
