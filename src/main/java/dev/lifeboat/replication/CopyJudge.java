package dev.lifeboat.replication;

import dev.lifeboat.crypto.ContentDigest;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.ObjectInfo;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.StorageException;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says of the copies of one object which is good. Safe for many threads. */
final class CopyJudge {
    private final Proofs proofs;
    private final EarlierVersions earlier;
    private final RegionPair backups;
    private final RegionPair wal;
    private final boolean reading;
    private final CancelToken cancel;

    /**
     * @param reading whether copies may be read; else sizes alone are judged
     */
    CopyJudge(
            Proofs proofs,
            EarlierVersions earlier,
            RegionPair backups,
            RegionPair wal,
            boolean reading,
            CancelToken cancel) {
        this.proofs = proofs;
        this.earlier = earlier;
        this.backups = backups;
        this.wal = wal;
        this.reading = reading;
        this.cancel = cancel;
    }

    /** What came of one copy. */
    private record Finding(Optional<Proofs.Proven> proven, Optional<Problem> fault) {}

    /** Empty when both copies hold the same, and are good as far as anything can tell. */
    Optional<Difference> judge(String key, boolean ofWal, Map<Region.Role, ObjectInfo> there)
            throws RecoveryException {
        boolean frozen =
                there.values().stream().anyMatch(copy -> !copy.availability().isReadable());
        if (frozen && reading) {
            return Optional.of(
                    difference(
                            key,
                            ofWal,
                            Difference.Kind.ARCHIVED,
                            there,
                            Optional.empty(),
                            "A copy lies in an archive class and cannot be read."));
        }
        if (!proofs.canJudge(key, ofWal) || !reading) {
            return Optional.of(byListing(key, ofWal, there));
        }
        Map<Region.Role, Finding> findings = new EnumMap<>(Region.Role.class);
        for (Map.Entry<Region.Role, ObjectInfo> copy : there.entrySet()) {
            findings.put(copy.getKey(), find(copy.getKey(), copy.getValue(), ofWal));
        }
        return byFindings(key, ofWal, there, findings);
    }

    private Finding find(Region.Role role, ObjectInfo copy, boolean ofWal)
            throws RecoveryException {
        try {
            return new Finding(
                    Optional.of(proofs.prove(region(role, ofWal), copy, ofWal, cancel)),
                    Optional.empty());
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (StorageException failure) {
            boolean gone =
                    failure.kind() == StorageException.Kind.ABSENT
                            || failure.kind() == StorageException.Kind.CHANGED
                            || failure.kind() == StorageException.Kind.RANGE;
            if (gone) {
                return new Finding(Optional.empty(), Optional.of(failure.problem()));
            }
            throw failure;
        } catch (RecoveryException fault) {
            return new Finding(Optional.empty(), Optional.of(fault.problem()));
        }
    }

    private Optional<Difference> byFindings(
            String key,
            boolean ofWal,
            Map<Region.Role, ObjectInfo> there,
            Map<Region.Role, Finding> findings)
            throws RecoveryException {
        Optional<Region.Role> good =
                findings.keySet().stream()
                        .filter(role -> findings.get(role).proven.isPresent())
                        .findFirst();
        String evidence = evidence(there, findings);
        if (good.isEmpty()) {
            return Optional.of(
                    findings.values().stream().anyMatch(CopyJudge::isUnderUnknownKey)
                            ? conflict(key, ofWal, there, evidence)
                            : lost(key, ofWal, there, evidence));
        }
        Region.Role other = other(good.get());
        Finding second = findings.get(other);
        if (second != null && second.proven.isPresent()) {
            Proofs.Proven mine = findings.get(good.get()).proven.orElseThrow();
            if (mine.identity().equals(second.proven.get().identity())) {
                return Optional.empty();
            }
            return Optional.of(conflict(key, ofWal, there, evidence + earlier.told(key, ofWal)));
        }
        if (second != null && isUnderUnknownKey(second)) {
            return Optional.of(conflict(key, ofWal, there, evidence));
        }
        return Optional.of(
                difference(
                        key,
                        ofWal,
                        second == null
                                ? Difference.Kind.missing(other)
                                : Difference.Kind.damaged(other),
                        there,
                        good,
                        evidence + earlier.told(key, ofWal)));
    }

    /** Nobody here can tell what it holds: it is not bad for that, and must not be replaced. */
    private static boolean isUnderUnknownKey(Finding finding) {
        return finding.fault.filter(fault -> fault.code() == ProblemCode.KEY_WRONG).isPresent();
    }

    private static Difference conflict(
            String key, boolean ofWal, Map<Region.Role, ObjectInfo> there, String evidence) {
        return difference(key, ofWal, Difference.Kind.CONFLICT, there, Optional.empty(), evidence);
    }

    private Difference lost(
            String key, boolean ofWal, Map<Region.Role, ObjectInfo> there, String evidence)
            throws RecoveryException {
        EarlierVersions.Found found = earlier.lastGood(key, ofWal);
        return new Difference(
                key,
                ofWal,
                Difference.Kind.LOST,
                there,
                Optional.empty(),
                found.lastGood(),
                evidence + found.evidence());
    }

    /** Of what was named, and neither region has. */
    Difference lost(String key, boolean ofWal, String evidence) throws RecoveryException {
        return reading
                ? lost(key, ofWal, Map.of(), evidence)
                : difference(
                        key, ofWal, Difference.Kind.LOST, Map.of(), Optional.empty(), evidence);
    }

    /** Nothing says what the object must be, or nothing may be read. */
    private Difference byListing(String key, boolean ofWal, Map<Region.Role, ObjectInfo> there)
            throws RecoveryException {
        String evidence = evidence(there, Map.of());
        if (there.size() == 1) {
            Region.Role only = there.keySet().iterator().next();
            return difference(
                    key,
                    ofWal,
                    Difference.Kind.missing(other(only)),
                    there,
                    Optional.of(only),
                    evidence);
        }
        Optional<ContentDigest> expected = ofWal ? Optional.empty() : proofs.expected(key);
        boolean noneFits =
                expected.filter(
                                d ->
                                        there.values().stream()
                                                .noneMatch(c -> c.sizeBytes() == d.sizeBytes()))
                        .isPresent();
        if (noneFits) {
            return difference(key, ofWal, Difference.Kind.LOST, there, Optional.empty(), evidence);
        }
        for (Region.Role role : there.keySet()) {
            boolean fits =
                    expected.filter(d -> d.sizeBytes() == there.get(role).sizeBytes()).isPresent();
            boolean otherFits =
                    expected.filter(d -> d.sizeBytes() == there.get(other(role)).sizeBytes())
                            .isPresent();
            if (fits && !otherFits) {
                return difference(
                        key,
                        ofWal,
                        Difference.Kind.damaged(other(role)),
                        there,
                        Optional.of(role),
                        evidence);
            }
        }
        return difference(key, ofWal, Difference.Kind.CONFLICT, there, Optional.empty(), evidence);
    }

    private static Difference difference(
            String key,
            boolean ofWal,
            Difference.Kind kind,
            Map<Region.Role, ObjectInfo> there,
            Optional<Region.Role> good,
            String evidence) {
        return new Difference(key, ofWal, kind, there, good, Optional.empty(), evidence);
    }

    private String evidence(
            Map<Region.Role, ObjectInfo> there, Map<Region.Role, Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Region.Role role : Region.Role.values()) {
            ObjectInfo copy = there.get(role);
            text.append(text.isEmpty() ? "" : " ")
                    .append(role.toString().toUpperCase(Locale.ROOT))
                    .append(": ")
                    .append(
                            copy == null
                                    ? "nothing."
                                    : copy.sizeBytes()
                                            + " bytes of "
                                            + copy.lastModified()
                                            + verdict(findings.get(role)));
        }
        return text.toString();
    }

    private static String verdict(Finding finding) {
        if (finding == null) {
            return ", not read.";
        }
        if (finding.fault.isPresent()) {
            return ", bad: " + finding.fault.get().what() + " " + finding.fault.get().why();
        }
        Proofs.Proven proven = finding.proven.orElseThrow();
        return (proven.certain() ? ", good, SHA-256 " : ", reads well, SHA-256 ")
                + proven.identity()
                + ".";
    }

    private Region region(Region.Role role, boolean ofWal) {
        return (ofWal ? wal : backups)
                .regions().stream()
                        .filter(region -> region.role() == role)
                        .findFirst()
                        .orElseThrow();
    }

    private static Region.Role other(Region.Role role) {
        return role == Region.Role.PRIMARY ? Region.Role.DR : Region.Role.PRIMARY;
    }
}
