package dev.lifeboat.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Compares streams. */
final class Bytes {
    private static final int BUFFER_BYTES = 64 * 1024;

    private Bytes() {}

    /** Whether both hold the same bytes to their ends. */
    static boolean same(InputStream a, InputStream b) throws IOException {
        while (true) {
            byte[] fromA = a.readNBytes(BUFFER_BYTES);
            byte[] fromB = b.readNBytes(BUFFER_BYTES);
            if (!Arrays.equals(fromA, fromB)) {
                return false;
            }
            if (fromA.length < BUFFER_BYTES) {
                return true;
            }
        }
    }
}
