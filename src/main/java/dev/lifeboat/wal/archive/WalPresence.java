package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.wal.ArchivedWal;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Tells which segments have arrived in the archive, by name. */
public final class WalPresence {
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private final RegionAnswers regions;
    private final WalListing listing;

    /**
     * @param regions of the bucket that holds WAL
     * @param prefix the profile's, empty or ending with a slash
     */
    public WalPresence(RegionPair regions, String prefix) {
        this.regions = new RegionAnswers(regions.regions(), OUTAGE);
        this.listing = new WalListing(prefix);
    }

    /** Where the archive is, for people. */
    public String name() {
        return regions.regions().getFirst().store().name() + "/" + listing.folder();
    }

    /**
     * The segments from first to last, both included, that no region holds.
     *
     * @throws RecoveryException when no region could be asked; what one alone holds counts
     */
    public List<WalSegment> missing(WalSegment first, WalSegment last) throws RecoveryException {
        var found = regions.all(region -> held(region, first, last));
        if (found.answers().isEmpty()) {
            throw found.failures().values().iterator().next();
        }
        Set<String> held = new HashSet<>();
        found.answers().values().forEach(held::addAll);
        return LongStream.rangeClosed(first.number(), last.number())
                .mapToObj(number -> new WalSegment(first.timeline(), number, first.sizeBytes()))
                .filter(segment -> !held.contains(segment.name()))
                .toList();
    }

    private Set<String> held(Region region, WalSegment first, WalSegment last)
            throws RecoveryException {
        Set<String> names = new HashSet<>();
        String before = listing.folder() + beginningBefore(first);
        region.store()
                .list(
                        listing.folder() + first.timeline().hex(),
                        before,
                        object -> {
                            ArchivedWal.parseKey(listing.prefix(), object.key())
                                    .map(ArchivedWal::file)
                                    .filter(WalFileName.Segment.class::isInstance)
                                    .ifPresent(file -> names.add(file.name()));
                            return object.key()
                                            .substring(listing.folder().length())
                                            .compareTo(last.name() + ".zzz")
                                    <= 0;
                        },
                        CancelToken.never());
        return names;
    }

    /** A name that sorts just before all forms of the segment. */
    private static String beginningBefore(WalSegment segment) {
        String name = segment.name();
        return name.substring(0, name.length() - 1);
    }
}
