package dev.lifeboat.restore.logical;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.pipeline.RecognisedContent;
import dev.lifeboat.postgres.DumpListing;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.postgres.PgRestore;

import java.io.IOException;
import java.util.Optional;

/**
 * Looks into dumps where they lie: fetches no more than the table of contents at the beginning of
 * one, and keeps nothing on disk but the names in it, as long as it takes to read them. Changes
 * nothing. For one thread.
 */
public final class DumpLook {
    private final DumpReader reader;
    private final Host host;
    private final PgPrograms programs;
    private final CancelToken cancel;

    public DumpLook(DumpReader reader, Host host, PgPrograms programs, CancelToken cancel) {
        this.reader = reader;
        this.host = host;
        this.programs = programs;
        this.cancel = cancel;
    }

    /**
     * What the dump in this object holds, from the first region whose copy tells it.
     *
     * @param progress counts stored bytes
     * @throws RecoveryException {@code KEY_MISSING}, {@code KEY_WRONG}, {@code OBJECT_MISSING},
     *     {@code OBJECT_ARCHIVED} and whatever else keeps its beginning from being read; {@code
     *     BACKUP_INCOMPLETE} when it is no dump; {@code PROGRAM_MISSING}, {@code VERSION_MISMATCH},
     *     {@code PROGRAM_FAILED} as {@link PgRestore}
     */
    public DumpContents of(String key, Progress progress) throws RecoveryException {
        DumpContents[] found = new DumpContents[1];
        reader.begin(
                key,
                progress,
                (name, opened) ->
                        found[0] =
                                new DumpContents(
                                        listing(name, opened), progress.done(), progress.total()));
        return found[0];
    }

    private Optional<DumpListing> listing(String name, RecognisedContent opened)
            throws RecoveryException, IOException {
        return switch (opened.kind()) {
            case TEXT -> Optional.empty();
            case CUSTOM_DUMP -> Optional.of(pgRestore().list(opened.content(), cancel));
            default -> throw DumpProbe.noDump(name);
        };
    }

    private PgRestore pgRestore() throws RecoveryException {
        return new PgRestore(host, programs.newest(PgProgram.PG_RESTORE));
    }
}
