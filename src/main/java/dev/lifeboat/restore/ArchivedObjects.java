package dev.lifeboat.restore;

import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo.Availability;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.ThawTier;
import dev.lifeboat.storage.Thawing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The first part of fetching: what lies in an archive class and in no region outside of one is
 * asked back and waited for. Nothing of the wait is kept here, so that a restore which was
 * interrupted waits on for what the earlier process had asked.
 */
final class ArchivedObjects {
    private static final Logger LOG = LoggerFactory.getLogger(ArchivedObjects.class);
    private static final ThawTier TIER = ThawTier.STANDARD;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final RegionPair regions;
    private final Duration pause;
    private final CancelToken cancel;

    ArchivedObjects(RegionPair regions, CancelToken cancel) {
        this(regions, PAUSE, cancel);
    }

    /**
     * @param pause between two looks whether they are back
     */
    ArchivedObjects(RegionPair regions, Duration pause, CancelToken cancel) {
        this.regions = regions;
        this.pause = pause;
        this.cancel = cancel;
    }

    /** What must be asked back before the backup can be read; a sentence for its plan. */
    Optional<String> note(Manifest manifest) throws RecoveryException {
        Thawing.Need need = need(manifest);
        return need.objects().isEmpty() ? Optional.empty() : Optional.of(need.sentence());
    }

    /** Asks, writes down what was asked, and waits. */
    void await(Manifest manifest, Journal journal, Progress progress) throws RecoveryException {
        Thawing.Need need = need(manifest);
        if (need.objects().isEmpty()) {
            return;
        }
        var thawing = new Thawing(regions);
        thawing.ask(need, cancel);
        journal.record(
                "archive-asked",
                Map.of(
                        "objects", need.objects().size(),
                        "bytes", need.bytes(),
                        "tier", need.tier().toString(),
                        "expectedSeconds", need.expected().toSeconds()));
        thawing.await(need, pause, cancel, progress);
        journal.record("archive-answered", Map.of("objects", need.objects().size()));
    }

    /** One listing tells whether there is anything to look at singly. */
    private Thawing.Need need(Manifest manifest) throws RecoveryException {
        Set<String> named = new TreeSet<>();
        manifest.objects().forEach(object -> named.add(object.key()));
        Set<String> cold = new TreeSet<>();
        String first = manifest.objects().getFirst().key();
        String folder = first.substring(0, first.lastIndexOf('/') + 1);
        for (Region region : regions.regions()) {
            try {
                region.store()
                        .list(
                                folder,
                                "",
                                object -> {
                                    boolean frozen =
                                            Availability.ofClass(object.storageClass())
                                                    != Availability.AVAILABLE;
                                    if (frozen && named.contains(object.key())) {
                                        cold.add(object.key());
                                    }
                                    return true;
                                },
                                cancel);
            } catch (StorageException unanswered) {
                LOG.debug("{} is not looked at for archived objects", region.name(), unanswered);
            }
        }
        return new Thawing(regions).look(List.copyOf(cold), TIER, cancel);
    }
}
