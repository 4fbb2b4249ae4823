package dev.lifeboat.restore.spool;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.archive.Fetched;
import dev.lifeboat.wal.archive.WalArchive;
import dev.lifeboat.wal.archive.WalExpectation;

import java.util.Set;

/** The WAL archive as the spool's source. */
public record ArchiveSource(WalArchive archive, WalExpectation expected) implements SegmentSource {
    /** What may be otherwise a little later. */
    private static final Set<ProblemCode> PASSING =
            Set.of(ProblemCode.STORAGE_UNREACHABLE, ProblemCode.STORAGE_THROTTLED);

    @Override
    public Answer fetch(String name) throws CancelledException {
        return switch (archive.fetch(WalFileName.parse(name), expected)) {
            case Fetched.Found found -> new Found(found.content(), found.region().toString());
            case Fetched.Absent _ -> new Absent();
            case Fetched.Unknown unknown when unknown.everyCopyDamaged() ->
                    new Damaged(unknown.problem());
            case Fetched.Unknown unknown ->
                    new Unknown(unknown.problem(), PASSING.contains(unknown.problem().code()));
        };
    }
}
