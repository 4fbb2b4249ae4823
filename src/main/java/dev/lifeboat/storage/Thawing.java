package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo.Availability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Asks archived objects back and waits until they can be read. What was asked for is known to the
 * store alone, so that another run, on another machine, waits for the same. Safe for many threads.
 *
 * <p>Source: Amazon S3 User Guide, "Restoring an archived object", "Understanding archive retrieval
 * options".
 */
public final class Thawing {
    /** How long a readable copy stays: a restore that was interrupted may go on for days. */
    private static final int DAYS = 7;

    private final RegionPair regions;

    public Thawing(RegionPair regions) {
        this.regions = regions;
    }

    /**
     * An object that no region gives now.
     *
     * @param region where it is asked back
     * @param asked whether somebody did already
     */
    public record Frozen(Region region, ObjectInfo object, boolean asked) {}

    /**
     * What must be waited for; nothing when {@code objects} is empty.
     *
     * @param tier how fast they are asked back
     * @param expected how long that takes at most, as the service says
     */
    public record Need(List<Frozen> objects, ThawTier tier, Duration expected) {
        public Need {
            objects = List.copyOf(objects);
        }

        public long bytes() {
            return objects.stream().mapToLong(frozen -> frozen.object().sizeBytes()).sum();
        }

        /** A sentence for a plan. */
        public String sentence() {
            return objects.size()
                    + " objects lie in an archive and are asked back first ("
                    + tier
                    + "), which takes up to "
                    + expected.toHours()
                    + " hours.";
        }
    }

    /**
     * Looks at each object, once in each region until one can be read.
     *
     * @throws RecoveryException when no region answers for an object
     */
    public Need look(Collection<String> keys, ThawTier tier, CancelToken cancel)
            throws RecoveryException {
        List<Frozen> frozen = new ArrayList<>();
        Duration expected = Duration.ZERO;
        for (String key : keys) {
            cancel.check();
            Optional<Frozen> found = look(key);
            if (found.isPresent()) {
                frozen.add(found.get());
                Duration needed = tier.longest(found.get().object().storageClass());
                expected = needed.compareTo(expected) > 0 ? needed : expected;
            }
        }
        return new Need(frozen, tier, expected);
    }

    private Optional<Frozen> look(String key) throws RecoveryException {
        Frozen waiting = null;
        for (Presence presence : regions.locate(key)) {
            Optional<ObjectInfo> object = presence.object();
            if (object.isEmpty()) {
                continue;
            }
            Availability state = object.get().availability();
            if (state.isReadable()) {
                return Optional.empty();
            }
            boolean asked = state == Availability.THAWING;
            if (waiting == null || (asked && !waiting.asked)) {
                waiting = new Frozen(presence.region(), object.get(), asked);
            }
        }
        return Optional.ofNullable(waiting);
    }

    /**
     * Asks for those that nobody asked for yet.
     *
     * @throws RecoveryException what the store says, for example that the tier does not serve the
     *     class
     */
    public void ask(Need need, CancelToken cancel) throws RecoveryException {
        for (Frozen frozen : need.objects) {
            cancel.check();
            if (!frozen.asked) {
                frozen.region.store().thaw(frozen.object.key(), DAYS, need.tier);
            }
        }
    }

    /**
     * Waits until every one of them can be read.
     *
     * @param pause between two looks
     * @param progress says what is waited for
     */
    public void await(Need need, Duration pause, CancelToken cancel, Progress progress)
            throws RecoveryException {
        List<String> keys =
                new ArrayList<>(need.objects.stream().map(frozen -> frozen.object.key()).toList());
        while (!keys.isEmpty()) {
            Need left = look(keys, need.tier, cancel);
            ask(left, cancel);
            keys = left.objects.stream().map(frozen -> frozen.object.key()).toList();
            progress.waitFor(
                    keys.isEmpty() ? "" : keys.size() + " objects to come back from the archive");
            if (!keys.isEmpty()) {
                cancel.sleep(pause);
            }
        }
    }
}
