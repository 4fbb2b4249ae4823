package dev.lifeboat.restore;

import dev.lifeboat.catalog.Manifest.StoredObject;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.place.FrameRecord;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers frames in the journal. Neither frames nor these events are on disk at once: after a
 * crash of the machine a fetch begins anew, which the boot id tells.
 */
final class FrameJournal implements FrameRecord {
    private final Journal journal;
    private final Set<String> placed = ConcurrentHashMap.newKeySet();

    FrameJournal(Journal journal) {
        this.journal = journal;
        placed.addAll(RestoreHistory.of(journal.events()).placedFrames());
    }

    @Override
    public boolean isPlaced(StoredObject frame) {
        return placed.contains(frame.stream() + "/" + frame.number());
    }

    @Override
    public void placed(StoredObject frame, String region) throws RecoveryException {
        journal.note(
                RestoreHistory.FRAME_PLACED,
                Map.of("stream", frame.stream(), "number", frame.number(), "region", region));
        placed.add(frame.stream() + "/" + frame.number());
    }

    @Override
    public void refused(StoredObject frame, String region, Problem problem)
            throws RecoveryException {
        journal.note(
                RestoreHistory.FRAME_REFUSED,
                Map.of("key", frame.key(), "region", region, "why", problem.toString()));
    }
}
