package dev.lifeboat.verify;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads content to its end, and sees to it that text which {@code pg_dump} wrote ends as it ends.
 *
 * <p>Source: PostgreSQL {@code src/bin/pg_dump/pg_backup_archiver.c}, RestoreArchive, and {@code
 * pg_dumpall.c}, main: "-- PostgreSQL database [cluster] dump [complete]".
 */
final class ContentEnd {
    private static final int KEPT = 4096;
    private static final String BEGIN = "-- PostgreSQL database ";

    private ContentEnd() {}

    /** Reads whatever it is to its end, which proves its digests. */
    static void drain(InputStream content) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        while (content.read(buffer) >= 0) {
            // What is read is of no interest here.
        }
    }

    /**
     * @param name of the object, to begin a sentence with
     * @throws RecoveryException OBJECT_TRUNCATED when it begins as a dump and does not end as one
     */
    static void drainText(String name, InputStream content) throws IOException, RecoveryException {
        byte[] head = content.readNBytes(KEPT);
        byte[] tail = head;
        byte[] buffer = new byte[64 * 1024];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            tail = last(tail, buffer, count);
        }
        boolean dump = new String(head, StandardCharsets.UTF_8).contains(BEGIN);
        String end = new String(tail, StandardCharsets.UTF_8);
        if (dump && !(end.contains(BEGIN) && end.contains("dump complete"))) {
            throw new RecoveryException(
                    ProblemCode.OBJECT_TRUNCATED,
                    name + " holds half a dump.",
                    "It begins as pg_dump begins, and does not end with 'dump complete'.",
                    "Choose another backup; pg_dump must have failed when this one was made.");
        }
    }

    private static byte[] last(byte[] before, byte[] buffer, int count) {
        byte[] both = Arrays.copyOf(before, before.length + count);
        System.arraycopy(buffer, 0, both, before.length, count);
        return both.length <= KEPT
                ? both
                : Arrays.copyOfRange(both, both.length - KEPT, both.length);
    }
}
