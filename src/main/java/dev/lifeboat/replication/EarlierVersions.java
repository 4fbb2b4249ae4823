package dev.lifeboat.replication;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.ObjectVersion;
import dev.lifeboat.storage.ObjectVersions;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;
import dev.lifeboat.storage.VersionView;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks for older versions of objects, in buckets that keep them. A version is offered only when it
 * was read whole and an authenticated record says that it is what the object must be. Safe for many
 * threads.
 */
final class EarlierVersions {
    private final Proofs proofs;
    private final RegionPair backups;
    private final RegionPair wal;
    private final CancelToken cancel;
    private final Map<String, Optional<ObjectVersions>> known = new ConcurrentHashMap<>();
    private final Map<String, String> notes = new ConcurrentHashMap<>();

    EarlierVersions(Proofs proofs, RegionPair backups, RegionPair wal, CancelToken cancel) {
        this.proofs = proofs;
        this.backups = backups;
        this.wal = wal;
        this.cancel = cancel;
    }

    /**
     * What was found of one object.
     *
     * @param lastGood the newest version that is good
     * @param evidence what was seen, full sentences; empty when no bucket keeps versions
     */
    record Found(Optional<Difference.Kept> lastGood, String evidence) {}

    /** One version, and the region that keeps it. */
    private record Candidate(Region region, ObjectVersion version) {}

    /** The region as if that version were what it holds. */
    static Region view(Region region, ObjectVersion version) throws RecoveryException {
        ObjectVersions versions =
                region.store()
                        .versions()
                        .orElseThrow(
                                () ->
                                        StorageException.absent(
                                                region.store().name(), version.object().key()));
        return new Region(region.role(), new VersionView(region.store(), versions, version));
    }

    /** Full sentences on buckets whose versions could not be looked at. */
    Collection<String> notes() {
        return new TreeSet<>(notes.values());
    }

    /** What the buckets keep of an object of which no copy is good; reads it. */
    Found lastGood(String key, boolean ofWal) throws RecoveryException {
        List<Candidate> candidates = candidates(key, ofWal);
        var evidence = new StringBuilder();
        for (Candidate candidate : candidates) {
            Optional<String> fault = fault(candidate, ofWal);
            if (fault.isEmpty()) {
                evidence.append(described(candidate)).append(" is good, and can be brought back.");
                return new Found(
                        Optional.of(
                                new Difference.Kept(candidate.region.role(), candidate.version)),
                        evidence.toString());
            }
            evidence.append(described(candidate)).append(fault.get());
        }
        return new Found(Optional.empty(), evidence.toString());
    }

    /** What the buckets keep besides the copies that lie there; reads nothing. */
    String told(String key, boolean ofWal) throws RecoveryException {
        var evidence = new StringBuilder();
        candidates(key, ofWal)
                .forEach(older -> evidence.append(described(older)).append(" is kept."));
        return evidence.toString();
    }

    private static String described(Candidate candidate) {
        ObjectInfo object = candidate.version.object();
        return " "
                + candidate.region.name().toUpperCase(Locale.ROOT)
                + ", older version "
                + candidate.version.id()
                + ": "
                + object.sizeBytes()
                + " bytes of "
                + object.lastModified();
    }

    /** Why the version will not do; empty when it is good. */
    private Optional<String> fault(Candidate candidate, boolean ofWal) throws RecoveryException {
        ObjectInfo object = candidate.version.object();
        if (!object.availability().isReadable()) {
            return Optional.of(" lies in an archive class and cannot be read.");
        }
        try {
            boolean certain =
                    proofs.prove(view(candidate.region, candidate.version), object, ofWal, cancel)
                            .certain();
            return certain
                    ? Optional.empty()
                    : Optional.of(" reads well, and nothing says that it is the right one.");
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.UNREACHABLE) {
                throw failure;
            }
            return Optional.of(" cannot be read: " + failure.problem().why());
        } catch (RecoveryException bad) {
            return Optional.of(" is bad: " + bad.problem().why());
        }
    }

    /** Those that are not current, of both regions, the newest first. */
    private List<Candidate> candidates(String key, boolean ofWal) throws RecoveryException {
        List<Candidate> candidates = new ArrayList<>();
        for (Region region : (ofWal ? wal : backups).regions()) {
            Optional<ObjectVersions> versions = versions(region);
            if (versions.isEmpty()) {
                continue;
            }
            try {
                versions.get().of(key).stream()
                        .filter(version -> !version.current())
                        .map(version -> new Candidate(region, version))
                        .forEach(candidates::add);
            } catch (StorageException failure) {
                note(region, failure);
            }
        }
        candidates.sort(
                Comparator.comparing(
                                (Candidate candidate) -> candidate.version.object().lastModified())
                        .reversed());
        return candidates;
    }

    private Optional<ObjectVersions> versions(Region region) throws RecoveryException {
        Optional<ObjectVersions> before = known.get(region.store().name());
        if (before != null) {
            return before;
        }
        Optional<ObjectVersions> versions;
        try {
            versions = region.store().versions();
        } catch (StorageException failure) {
            note(region, failure);
            versions = Optional.empty();
        }
        known.put(region.store().name(), versions);
        return versions;
    }

    private void note(Region region, StorageException failure) throws StorageException {
        if (failure.code() == ProblemCode.STORAGE_UNREACHABLE) {
            throw failure;
        }
        notes.put(
                region.store().name(),
                "Whether "
                        + region.store().name()
                        + " keeps older versions could not be found out: "
                        + failure.problem().why()
                        + " "
                        + failure.problem().remedy());
    }
}
