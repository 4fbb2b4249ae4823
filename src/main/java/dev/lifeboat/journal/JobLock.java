package dev.lifeboat.journal;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Held by the one process that works on a job. The operating system releases it when that process
 * ends, however it ends, so a lock is never left behind.
 */
public final class JobLock implements AutoCloseable {
    private final FileChannel channel;

    private JobLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws RecoveryException JOB_BUSY when a process holds it, HOST_FAILURE when the file cannot
     *     be opened
     */
    public static JobLock take(Path file) throws RecoveryException {
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new RecoveryException(
                        ProblemCode.JOB_BUSY,
                        "Another process is working on this job.",
                        "It holds the lock " + file + ".",
                        "Wait for it, or stop it with: lifeboat restores stop "
                                + file.getParent().getFileName());
            }
            return new JobLock(channel);
        } catch (IOException failed) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "The lock " + file + " cannot be taken.",
                    "The file system answered: " + failed.getMessage() + ".",
                    "Mend the rights of the folder and try again.",
                    failed);
        }
    }

    /** Whether some process holds the lock at this moment. */
    public static boolean isHeld(Path file) throws RecoveryException {
        try (var _ = take(file)) {
            return false;
        } catch (RecoveryException held) {
            if (held.code() == ProblemCode.JOB_BUSY) {
                return true;
            }
            throw held;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException harmless) {
            // The operating system drops the lock with the process at the latest.
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldHere) {
            return null;
        }
    }
}
