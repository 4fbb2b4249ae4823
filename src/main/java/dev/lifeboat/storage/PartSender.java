package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Sends the parts of one upload in parallel, with a fixed number of buffers going round between
 * itself and its one caller. The first failure ends the upload.
 */
final class PartSender {
    private final MultipartUpload upload;
    private final int parallelParts;
    private final ExecutorService senders =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("part-", 1).factory());
    private final Object lock = new Object();
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private int onTheWay;
    private int sent;
    private final FirstFailure failure = new FirstFailure();

    PartSender(MultipartUpload upload, int parallelParts) {
        this.upload = upload;
        this.parallelParts = parallelParts;
    }

    /**
     * Takes the buffer and gives another one back (an empty one when a new one may be made); waits
     * while all parts that may be on their way are.
     */
    byte[] send(byte[] buffer, int length) throws RecoveryException {
        if (sent == MultipartUpload.MAX_PARTS) {
            throw new StorageException(
                    StorageException.Kind.OTHER,
                    "The object '" + upload.key() + "' is too large to be stored.",
                    "It has more than " + MultipartUpload.MAX_PARTS + " parts.",
                    "Use larger parts.");
        }
        int number = ++sent;
        synchronized (lock) {
            await(parallelParts - 1);
            onTheWay++;
        }
        senders.execute(() -> run(number, buffer, length));
        synchronized (lock) {
            byte[] next = free.poll();
            return next == null ? new byte[0] : next;
        }
    }

    int partsSent() {
        return sent;
    }

    ObjectInfo complete() throws RecoveryException {
        synchronized (lock) {
            await(0);
        }
        ObjectInfo info = upload.complete();
        senders.close();
        return info;
    }

    /** Stops what is on its way and aborts the upload. */
    void close() {
        senders.shutdownNow();
        boolean interrupted = Thread.interrupted(); // else the abort would not be sent either
        synchronized (lock) {
            while (onTheWay > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        upload.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(int number, byte[] buffer, int length) {
        try {
            upload.part(number, ByteSource.of(buffer, 0, length));
        } catch (RecoveryException | RuntimeException | Error ended) {
            failure.set(ended);
        }
        synchronized (lock) {
            onTheWay--;
            free.add(buffer);
            lock.notifyAll();
        }
    }

    private void await(int atMost) throws RecoveryException {
        while (onTheWay > atMost && !failure.isSet()) {
            try {
                lock.wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
        }
        failure.rethrow();
    }
}
