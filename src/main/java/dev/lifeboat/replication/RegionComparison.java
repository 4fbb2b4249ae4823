package dev.lifeboat.replication;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.InParallel;
import dev.lifeboat.crypto.KeyRing;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the regions object by object: backups, records, WAL. Copies of equal size and ETag are
 * one object; whatever else there is, is read and judged by what the object must be. What belongs
 * to no finished backup (an upload that was given up, what a rotation left) is passed over, and so
 * are caches and leases. Changes nothing. For one thread.
 */
public final class RegionComparison {
    private static final int READS_AT_ONCE = 8;
    private static final long BYTES_AT_ONCE = 256L << 20;

    private final Catalog catalog;
    private final RegionPair backups;
    private final RegionPair wal;
    private final KeyRing keys;
    private final BackupKeys names;
    private final Clock clock;
    private Proofs proofs;

    /**
     * @param backups both regions
     * @param wal both regions of the bucket of WAL
     * @param keys stay the caller's
     */
    public RegionComparison(
            Catalog catalog,
            RegionPair backups,
            RegionPair wal,
            KeyRing keys,
            BackupKeys names,
            Clock clock) {
        this.catalog = catalog;
        this.backups = backups;
        this.wal = wal;
        this.keys = keys;
        this.names = names;
        this.clock = clock;
    }

    /** One key that must be looked at more closely. */
    private record Suspect(String key, boolean wal, Map<Region.Role, ObjectInfo> there) {
        long bytes() {
            return there.values().stream().mapToLong(ObjectInfo::sizeBytes).max().orElse(0);
        }
    }

    /** What the listings alone say. */
    private static final class Tally {
        private final List<Suspect> suspects = new ArrayList<>();
        private long objects;
        private long equal;
        private long otherClass;
        private Instant oldestUncopied = Instant.MAX;
    }

    /**
     * Compares.
     *
     * @param progress counts the bytes that are read
     * @throws RecoveryException when a region cannot be listed; there is nothing to compare then
     */
    public Comparison compare(Thoroughness how, CancelToken cancel, Progress progress)
            throws RecoveryException {
        CatalogListing listing = catalog.load(cancel);
        proofs = new Proofs(catalog, listing, keys, names.prefix());
        var tally = new Tally();
        list(backups, names.backups(), false, how, tally, cancel);
        list(backups, names.prefix() + "records/", false, how, tally, cancel);
        list(wal, names.wal(), true, how, tally, cancel);
        progress.setTotal(tally.suspects.stream().mapToLong(Suspect::bytes).sum());
        var earlier = new EarlierVersions(proofs, backups, wal, cancel);
        var comparer =
                new CopyJudge(proofs, earlier, backups, wal, how != Thoroughness.LISTED, cancel);
        List<Optional<Difference>> judged =
                new InParallel(READS_AT_ONCE, BYTES_AT_ONCE, cancel)
                        .map(
                                tally.suspects,
                                suspect -> suspect.wal ? suspect.bytes() : 0,
                                suspect -> {
                                    Optional<Difference> found =
                                            comparer.judge(suspect.key, suspect.wal, suspect.there);
                                    progress.add(suspect.bytes());
                                    return found;
                                });
        List<Difference> differences = new ArrayList<>();
        judged.forEach(found -> found.ifPresent(differences::add));
        differences.addAll(lostEverywhere(listing, comparer));
        long same = tally.equal + judged.stream().filter(Optional::isEmpty).count();
        return new Comparison(
                tally.objects,
                same,
                tally.otherClass,
                differences,
                lag(tally),
                safe(listing, differences),
                notes(listing, earlier));
    }

    /** Whether the object of the last comparison is the manifest of a backup. */
    boolean isManifest(Difference difference) {
        return !difference.wal() && proofs.isManifest(difference.key());
    }

    /** Copies what the last comparison found. */
    void copy(Difference difference, ProvenCopy copying, CancelToken cancel)
            throws RecoveryException {
        copying.copy(difference, proofs, difference.wal() ? wal : backups, cancel);
    }

    private static List<String> notes(CatalogListing listing, EarlierVersions earlier) {
        List<String> notes = new ArrayList<>(listing.notes());
        notes.addAll(earlier.notes());
        for (CatalogEntry entry : listing.entries()) {
            if (entry.status() == BackupStatus.UNFINISHED) {
                notes.add(
                        "The backup "
                                + entry.id()
                                + " has no manifest in any region: it is being taken, was"
                                + " interrupted, or its manifest is lost. It was passed over.");
            }
        }
        return notes;
    }

    private void list(
            RegionPair regions,
            String prefix,
            boolean ofWal,
            Thoroughness how,
            Tally tally,
            CancelToken cancel)
            throws RecoveryException {
        List<Region> both = regions.regions();
        new PairedListing(both.get(0).store(), both.get(1).store())
                .list(
                        prefix,
                        (first, second) -> {
                            Map<Region.Role, ObjectInfo> there = new EnumMap<>(Region.Role.class);
                            first.ifPresent(object -> there.put(both.get(0).role(), object));
                            second.ifPresent(object -> there.put(both.get(1).role(), object));
                            String key = first.or(() -> second).orElseThrow().key();
                            if (ofWal || isCompared(key)) {
                                tell(new Suspect(key, ofWal, there), how, tally);
                            }
                        },
                        cancel);
    }

    /** Objects of no finished backup are nobody's. */
    private boolean isCompared(String key) throws RecoveryException {
        if (!key.startsWith(names.backups())) {
            return true;
        }
        Optional<CatalogEntry> entry = proofs.entry(key);
        if (entry.isEmpty() || entry.get().status() == BackupStatus.UNFINISHED) {
            return false;
        }
        return entry.get().status() != BackupStatus.FINISHED
                || !entry.get().authenticated()
                || proofs.isManifest(key)
                || proofs.expected(key).isPresent();
    }

    private void tell(Suspect suspect, Thoroughness how, Tally tally) throws RecoveryException {
        tally.objects++;
        List<ObjectInfo> copies = List.copyOf(suspect.there.values());
        if (copies.size() == 2 && isOneObject(copies.get(0), copies.get(1))) {
            boolean sameClass = copies.get(0).storageClass().equals(copies.get(1).storageClass());
            tally.otherClass += sameClass ? 0 : 1;
            boolean look =
                    how == Thoroughness.EVERYTHING && proofs.canJudge(suspect.key, suspect.wal);
            if (!look && !isOfAnotherSize(suspect, copies.getFirst())) {
                tally.equal++;
                return;
            }
        }
        if (!suspect.there.containsKey(Region.Role.DR)) {
            Instant stored = copies.getFirst().lastModified();
            tally.oldestUncopied =
                    stored.isBefore(tally.oldestUncopied) ? stored : tally.oldestUncopied;
        }
        tally.suspects.add(suspect);
    }

    /** The service itself may have taken damage to the other region. */
    private boolean isOfAnotherSize(Suspect suspect, ObjectInfo copy) throws RecoveryException {
        return !suspect.wal
                && proofs.expected(suspect.key)
                        .filter(expected -> expected.sizeBytes() != copy.sizeBytes())
                        .isPresent();
    }

    private static boolean isOneObject(ObjectInfo a, ObjectInfo b) {
        return a.sizeBytes() == b.sizeBytes() && a.etag().equals(b.etag());
    }

    private Duration lag(Tally tally) {
        if (tally.oldestUncopied.equals(Instant.MAX)) {
            return Duration.ZERO;
        }
        Duration lag = Duration.between(tally.oldestUncopied, clock.instant());
        return lag.isNegative() ? Duration.ZERO : lag;
    }

    /** What manifests name and neither region has: no listing shows it. */
    private List<Difference> lostEverywhere(CatalogListing listing, CopyJudge judge)
            throws RecoveryException {
        List<Difference> lost = new ArrayList<>();
        for (CatalogEntry entry : listing.entries()) {
            if (entry.status() != BackupStatus.FINISHED
                    || !entry.authenticated()
                    || entry.obtainable()) {
                continue;
            }
            for (var object : catalog.manifest(entry).objects()) {
                if (backups.provenAbsent(object.key())) {
                    lost.add(
                            judge.lost(
                                    object.key(),
                                    false,
                                    "The manifest of "
                                            + entry.id()
                                            + " names it, and no region has it."));
                }
            }
        }
        return lost;
    }

    private List<String> safe(CatalogListing listing, List<Difference> differences) {
        Set<String> touched = new HashSet<>();
        differences.forEach(found -> catalog.stemOf(found.key()).ifPresent(touched::add));
        return listing.entries().stream()
                .filter(CatalogEntry::isSafe)
                .filter(entry -> !touched.contains(catalog.stem(entry)))
                .sorted(Comparator.comparing(CatalogEntry::id))
                .map(CatalogEntry::id)
                .toList();
    }
}
