package dev.lifeboat.backup;

import dev.lifeboat.backup.BackupAttempt.Started;
import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.catalog.find.BaseNames;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.Compression;
import dev.lifeboat.pipeline.EncodedDigests;
import dev.lifeboat.pipeline.Encoding;
import dev.lifeboat.pipeline.EncodingOutput;
import dev.lifeboat.storage.ByteSource;
import dev.lifeboat.wal.find.CatalogNames;
import dev.lifeboat.wal.find.NamesJson;
import dev.lifeboat.wal.find.NamesReader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Stores the names of relations beside a base, for whoever reads its WAL later. They are read after
 * the copy was taken, so that all WAL behind them is kept as long as the base.
 */
final class StoredNames {
    private final BackupSource source;
    private final BackupTarget target;
    private final BackupRun run;

    StoredNames(BackupSource source, BackupTarget target, BackupRun run) {
        this.source = source;
        this.target = target;
        this.run = run;
    }

    /**
     * Empty when the server could not be asked: the base is good without names, and says so.
     *
     * @throws RecoveryException what the store says
     */
    Optional<StoredObject> store(Started started) throws RecoveryException {
        CatalogNames names;
        try {
            names = NamesReader.read(source.database(), run.cancel());
        } catch (RecoveryException unasked) {
            run.cancel().check();
            run.log().say("Without names of relations: " + unasked.problem());
            return Optional.empty();
        }
        String key = started.objects().stem() + BackupKeys.NAMES_SUFFIX;
        var stored = new ByteArrayOutputStream();
        EncodedDigests digests = encode(NamesJson.write(names), stored);
        started.objects().put(key, ByteSource.of(stored.toByteArray()));
        return Optional.of(
                new StoredObject(
                        key,
                        BaseNames.ROLE,
                        digests.plain().sizeBytes(),
                        digests.plain().sha256(),
                        digests.stored().sizeBytes(),
                        digests.stored().sha256(),
                        null,
                        0,
                        null));
    }

    private EncodedDigests encode(byte[] plain, ByteArrayOutputStream stored) {
        var encoding = Encoding.encrypted(Compression.ZSTD, target.keys().current());
        try (var out =
                new EncodingOutput(stored, encoding, CancelToken.never(), Progress.unwatched())) {
            out.write(plain);
            return out.finish();
        } catch (IOException impossible) {
            throw new IllegalStateException("memory takes every byte", impossible);
        }
    }
}
