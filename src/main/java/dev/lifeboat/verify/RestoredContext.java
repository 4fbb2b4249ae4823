package dev.lifeboat.verify;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.index.IndexedWal;

import java.nio.file.Path;
import java.time.Clock;

/**
 * What a proof by restoring works with besides the rest.
 *
 * @param archive asked only for a base
 * @param places where the index of the archive is kept
 * @param region {@code auto}, {@code primary} or {@code dr}: of the regions given
 * @param home below which scratch directories are made and removed
 * @param tool the version of Lifeboat
 * @param heapBytes the memory this program may use
 */
public record RestoredContext(
        BackupKeys keyNames,
        VerifyContext.Source<WalArchive> archive,
        VerifyContext.Source<IndexedWal.Places> places,
        VerifyContext.Source<OsUser> serverUser,
        String region,
        Clock clock,
        Path home,
        String tool,
        long heapBytes) {}
