package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.OpensslCipher;

/**
 * How one object is read in parallel. Takes about {@code 2 x (jobs + 1) x sliceBytes} of memory.
 *
 * @param jobs how many slices are fetched and decrypted at once
 * @param sliceBytes how long each is; a multiple of the cipher's block
 */
public record Slicing(int jobs, int sliceBytes) {
    private static final int DEFAULT_BYTES = 8 * 1024 * 1024;

    public Slicing {
        if (jobs < 1 || sliceBytes < 1 || sliceBytes % OpensslCipher.BLOCK_BYTES != 0) {
            throw new IllegalArgumentException(jobs + " slices of " + sliceBytes + " bytes");
        }
    }

    /** Slices of 8 MiB. */
    public static Slicing ofJobs(int jobs) {
        return new Slicing(jobs, DEFAULT_BYTES);
    }
}
