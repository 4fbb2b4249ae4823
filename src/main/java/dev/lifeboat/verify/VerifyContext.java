package dev.lifeboat.verify;

import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.postgres.PgRestore;
import dev.lifeboat.storage.RegionPair;

/**
 * What a verification works with.
 *
 * @param keys asked only by levels that decrypt
 * @param programs asked only when a dump is read
 * @param jobs how many objects or slices are worked on at once
 */
public record VerifyContext(
        RegionPair regions,
        Source<KeyRing> keys,
        Host host,
        Source<PgPrograms> programs,
        VerifyMemory memory,
        int jobs) {
    /** Something that is made when it is first asked for. */
    @FunctionalInterface
    public interface Source<T> {
        T get() throws RecoveryException;
    }

    PgRestore pgRestore() throws RecoveryException {
        return new PgRestore(host, programs.get().newest(PgProgram.PG_RESTORE));
    }
}
