package dev.lifeboat.cli;

import dev.lifeboat.replication.Comparison;
import dev.lifeboat.replication.Difference;
import dev.lifeboat.replication.RegionRepair;
import dev.lifeboat.storage.Region;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@code replicate --json} prints. */
record ReplicateJson(
        long objects,
        long equal,
        Map<String, Long> missing,
        long different,
        long otherClass,
        long lagSeconds,
        OptionalLong drRpoSeconds,
        List<String> safeBackups,
        List<Found> differences,
        Optional<Applied> applied,
        List<String> notes) {
    /** One object that is not the same in both regions. */
    record Found(
            String key,
            Difference.Kind kind,
            Optional<Region.Role> good,
            Optional<Older> olderVersion,
            String evidence) {
        static Found of(Difference difference) {
            return new Found(
                    difference.key(),
                    difference.kind(),
                    difference.good(),
                    difference.kept().map(Older::of),
                    difference.evidence());
        }
    }

    /** A version that was read and is good, where no copy is. */
    record Older(Region.Role region, String versionId, Instant lastModified, long bytes) {
        static Older of(Difference.Kept kept) {
            return new Older(
                    kept.region(),
                    kept.version().id(),
                    kept.version().object().lastModified(),
                    kept.version().object().sizeBytes());
        }
    }

    /** What was mended, and what was not. */
    record Applied(long mended, long bytes, long fromOlderVersions, List<Left> unmended) {}

    /** An object that stays as it is. */
    record Left(String key, String why) {}

    static ReplicateJson of(Comparison found, Optional<Duration> drLoss) {
        return of(found, drLoss, Optional.empty());
    }

    static ReplicateJson of(RegionRepair.Outcome outcome) {
        return of(
                outcome.found(),
                Optional.empty(),
                Optional.of(
                        new Applied(
                                outcome.mended(),
                                outcome.mendedBytes(),
                                outcome.broughtBack(),
                                outcome.unmended().stream()
                                        .map(left -> new Left(left.difference().key(), left.why()))
                                        .toList())));
    }

    private static ReplicateJson of(
            Comparison found, Optional<Duration> drLoss, Optional<Applied> applied) {
        return new ReplicateJson(
                found.objects(),
                found.equal(),
                Map.of(
                        "primary", found.count(Difference.Kind.MISSING_IN_PRIMARY),
                        "dr", found.count(Difference.Kind.MISSING_IN_DR)),
                found.different(),
                found.otherClass(),
                found.lag().toSeconds(),
                drLoss.map(Duration::toSeconds).map(OptionalLong::of).orElse(OptionalLong.empty()),
                found.safeBackups(),
                found.differences().stream().map(Found::of).toList(),
                applied,
                found.notes());
    }
}
