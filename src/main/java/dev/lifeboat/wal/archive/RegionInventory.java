package dev.lifeboat.wal.archive;

import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.ArchivedForm;
import dev.lifeboat.wal.ArchivedWal;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.WalSegment;

import java.time.Instant;
import java.util.EnumSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one region's archive holds, by name. Filled by whoever lists, one thread at a time and in
 * any order, and sealed; from then on only read, by any number of threads.
 */
public final class RegionInventory {
    private final Region.Role region;
    private final NavigableMap<TimelineId, SegmentSet> segments = new TreeMap<>();
    private final NavigableMap<String, Set<ArchivedForm>> others = new TreeMap<>();
    private long objects;
    private long storedBytes;
    private Instant newest = Instant.MIN;

    RegionInventory(Region.Role region) {
        this.region = region;
    }

    void add(ArchivedWal wal, ObjectInfo object) {
        objects++;
        storedBytes += object.sizeBytes();
        newest = object.lastModified().isAfter(newest) ? object.lastModified() : newest;
        if (wal.file() instanceof WalFileName.Segment segment) {
            segments.computeIfAbsent(segment.timeline(), SegmentSet::new)
                    .add(
                            SegmentSet.position(segment),
                            wal.form(),
                            ObjectIdentity.of(object),
                            object.lastModified());
        } else {
            others.computeIfAbsent(wal.file().name(), _ -> EnumSet.noneOf(ArchivedForm.class))
                    .add(wal.form());
        }
    }

    /** To be called once everything was added. */
    void seal() {
        segments.values().forEach(SegmentSet::seal);
    }

    public Region.Role region() {
        return region;
    }

    /** WAL files in all their forms; a segment in two forms counts twice. */
    public long objects() {
        return objects;
    }

    public long storedBytes() {
        return storedBytes;
    }

    /** When the newest object was stored, by the store's clock. */
    public Optional<Instant> newest() {
        return objects == 0 ? Optional.empty() : Optional.of(newest);
    }

    /** In which forms the region holds the file; none when it does not hold it. */
    public Set<ArchivedForm> forms(WalFileName file) {
        if (file instanceof WalFileName.Segment segment) {
            SegmentSet set = segments.get(segment.timeline());
            return set == null
                    ? EnumSet.noneOf(ArchivedForm.class)
                    : set.forms(SegmentSet.position(segment));
        }
        Set<ArchivedForm> forms = others.get(file.name());
        return forms == null ? EnumSet.noneOf(ArchivedForm.class) : EnumSet.copyOf(forms);
    }

    /**
     * Which object or objects the region holds as this segment; {@link ObjectIdentity#NONE} when it
     * holds none.
     */
    public long identity(WalSegment segment) {
        SegmentSet set = segments.get(segment.timeline());
        return set == null
                ? ObjectIdentity.NONE
                : set.identity(SegmentSet.position(segment.fileName()));
    }

    /**
     * When the segment was stored here, to the second, by the store's clock; empty when it is not
     * here. A copy made later tells nothing of the segment's age.
     */
    public Optional<Instant> storedAt(WalSegment segment) {
        SegmentSet set = segments.get(segment.timeline());
        return set == null
                ? Optional.empty()
                : set.storedAt(SegmentSet.position(segment.fileName()));
    }

    NavigableMap<TimelineId, SegmentSet> segments() {
        return segments;
    }

    Set<String> others() {
        return others.keySet();
    }
}
