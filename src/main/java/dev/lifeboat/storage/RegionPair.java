package dev.lifeboat.storage;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StorageException.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The primary region and, where there is one, the DR region, as one archive with a choice per
 * object. Reading takes whichever region has a good copy; writing goes to the primary, and to DR
 * only while the primary is proven unavailable. A region outside the {@link RegionChoice} is never
 * contacted.
 *
 * <p>The stores should retry by themselves: one failure here counts as proven. Safe for many
 * threads. The stores belong to whoever made them.
 */
public final class RegionPair {
    private final List<Region> regions;
    private final RegionReading reading;

    /**
     * @param dr null when there is no second region
     * @throws IllegalArgumentException when the choice leaves no region
     */
    public RegionPair(ObjectStore primary, ObjectStore dr, RegionChoice choice) {
        Objects.requireNonNull(primary);
        List<Region> chosen = new ArrayList<>();
        if (choice != RegionChoice.DR) {
            chosen.add(new Region(Region.Role.PRIMARY, primary));
        }
        if (choice != RegionChoice.PRIMARY && dr != null) {
            chosen.add(new Region(Region.Role.DR, dr));
        }
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no DR region is set up, but it was chosen");
        }
        this(chosen);
    }

    private RegionPair(List<Region> chosen) {
        regions = List.copyOf(chosen);
        reading = new RegionReading(regions);
    }

    /**
     * One of these regions by itself, the other never contacted.
     *
     * @throws IllegalArgumentException when it is not part of the choice
     */
    public RegionPair only(Region.Role role) {
        List<Region> one = regions.stream().filter(region -> region.role() == role).toList();
        if (one.isEmpty()) {
            throw new IllegalArgumentException("the " + role + " region is not part of the choice");
        }
        return new RegionPair(one);
    }

    /** The regions of the choice, the preferred one first. */
    public List<Region> regions() {
        return regions;
    }

    /** What each region of the choice knows about the key, the preferred one first. */
    public List<Presence> locate(String key) throws RecoveryException {
        List<Presence> answers = new ArrayList<>();
        for (Region region : regions) {
            answers.add(presence(region, key));
        }
        return answers;
    }

    private static Presence presence(Region region, String key) throws RecoveryException {
        try {
            return region.store()
                    .head(key)
                    .map(object -> Presence.present(region, object))
                    .orElseGet(() -> Presence.missing(region));
        } catch (StorageException failure) {
            return Presence.unreachable(region, failure.problem());
        }
    }

    /**
     * Whether no region of the choice has the object: true only when every one of them proved it,
     * false when some region has it.
     *
     * @throws StorageException when no region is known to have it and at least one could not
     *     answer: then nothing is known
     */
    public boolean provenAbsent(String key) throws RecoveryException {
        RegionFailures unknown = new RegionFailures(key);
        for (Region region : regions) {
            try {
                if (region.store().head(key).isPresent()) {
                    return false;
                }
            } catch (StorageException failure) {
                unknown.add(region, failure);
            }
        }
        if (!unknown.isEmpty()) {
            throw unknown.together();
        }
        return true;
    }

    /**
     * Opens the object from the first region that gives it. When that region fails under way and
     * another one holds the same object (size and ETag agree), the stream goes on from there;
     * otherwise it fails, and {@link #read} is the way that starts again. The caller checks
     * digests.
     *
     * @throws StorageException ABSENT when every region of the choice proved absence; else the
     *     first failure that was none, with what each region said
     */
    public ObjectStream get(String key, ByteRange range) throws RecoveryException {
        return reading.get(key, range);
    }

    /**
     * Reads the whole object from one region after the other until the reader is content with it: a
     * region that lacks the object, fails or gives bytes the reader refuses is passed over.
     *
     * @throws RecoveryException when no region would do: the reader's own exception where it is the
     *     only one, else one that says what each region gave
     */
    public <T> T read(String key, ObjectReader<T> reader) throws RecoveryException {
        return reading.read(key, reader);
    }

    /** The first description of the object that a region gives. */
    public Optional<Presence> find(String key) throws RecoveryException {
        RegionFailures unknown = new RegionFailures(key);
        for (Region region : regions) {
            try {
                Optional<ObjectInfo> object = region.store().head(key);
                if (object.isPresent()) {
                    return Optional.of(Presence.present(region, object.get()));
                }
            } catch (StorageException failure) {
                unknown.add(region, failure);
            }
        }
        if (!unknown.isEmpty()) {
            throw unknown.together();
        }
        return Optional.empty();
    }

    /**
     * Stores the object in the primary region, or in DR when the primary is proven unavailable.
     *
     * @throws StorageException what the primary said, unless it is unavailable and DR took the
     *     object; nothing but unavailability diverts an object
     */
    public StoredIn put(String key, ByteSource body, PutOptions options) throws RecoveryException {
        Region first = regions.getFirst();
        try {
            return new StoredIn(first, first.store().put(key, body, options), Optional.empty());
        } catch (StorageException failure) {
            if (failure.kind() != Kind.UNREACHABLE || regions.size() == 1) {
                throw failure;
            }
            Region second = regions.get(1);
            ObjectInfo info = second.store().put(key, body, options);
            return new StoredIn(second, info, Optional.of(failure.problem()));
        }
    }

    /**
     * Decides once where a job of many objects writes: to the primary region, or to DR when the
     * primary does not answer at all. Any answer, also a refusal, keeps the primary: the write then
     * shows what is wrong.
     */
    public Destination destination() throws RecoveryException {
        Region first = regions.getFirst();
        if (regions.size() > 1) {
            try {
                first.store().list("", "", _ -> false, CancelToken.never());
            } catch (StorageException failure) {
                if (failure.kind() == Kind.UNREACHABLE) {
                    return new Destination(regions.get(1), Optional.of(failure.problem()));
                }
            }
        }
        return new Destination(first, Optional.empty());
    }
}
