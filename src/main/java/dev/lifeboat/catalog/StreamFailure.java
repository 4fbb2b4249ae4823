package dev.lifeboat.catalog;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.storage.StorageException;

import java.io.IOException;

/** What a stream's exception means. */
public final class StreamFailure {
    private StreamFailure() {}

    /** The problem the stream carried, or one that says that its bytes could not be taken in. */
    public static RecoveryException of(IOException broken, String object) {
        try {
            return StreamException.unwrap(broken);
        } catch (IOException withoutProblem) {
            return new StorageException(
                    StorageException.Kind.OTHER,
                    object + " could not be read.",
                    "Its bytes could not be taken in ("
                            + withoutProblem.getClass().getName()
                            + ").",
                    "Look at the log, then try again.",
                    withoutProblem);
        }
    }
}
