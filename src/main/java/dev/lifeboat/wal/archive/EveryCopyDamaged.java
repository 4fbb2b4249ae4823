package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.WalFileName;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells of a WAL file of which no copy is good, in no region, so that no other one can be taken.
 */
final class EveryCopyDamaged {
    private static final Set<ProblemCode> DAMAGE =
            Set.of(
                    ProblemCode.OBJECT_DAMAGED,
                    ProblemCode.OBJECT_TRUNCATED,
                    ProblemCode.PADDING_WRONG,
                    ProblemCode.WAL_DAMAGED);

    private EveryCopyDamaged() {}

    /** Whether nothing but damage prevented a good answer. */
    static boolean isWhy(Collection<RecoveryException> failures) {
        return failures.stream().allMatch(failure -> DAMAGE.contains(failure.code()));
    }

    /**
     * @param copies all that the regions hold, at least one
     * @param failures what is wrong with each, by its name
     */
    static Problem problem(
            WalFileName file,
            List<WalCopy> copies,
            List<Region> regions,
            Map<String, RecoveryException> failures) {
        return new Problem(
                failures.values().iterator().next().code(),
                file.name() + " is damaged " + where(copies, regions) + ".",
                failures.values().stream()
                        .map(failure -> failure.problem().what() + " " + failure.problem().why())
                        .collect(Collectors.joining(" ")),
                remedy(copies, regions));
    }

    private static String where(List<WalCopy> copies, List<Region> regions) {
        List<String> holding =
                regions.stream().filter(region -> holds(region, copies)).map(Region::name).toList();
        if (regions.size() == 1) {
            return "in " + holding.getFirst() + ", the only region that was asked";
        }
        if (holding.size() == regions.size()) {
            return "in every region: " + String.join(" and ", holding);
        }
        String lacking =
                regions.stream()
                        .map(Region::name)
                        .filter(name -> !holding.contains(name))
                        .collect(Collectors.joining(" and "));
        return "in " + holding.getFirst() + ", and " + lacking + " has no copy of it";
    }

    private static boolean holds(Region region, List<WalCopy> copies) {
        return copies.stream().anyMatch(copy -> copy.region().role() == region.role());
    }

    private static String remedy(List<WalCopy> copies, List<Region> regions) {
        String otherRegion =
                regions.size() == 1 ? "Allow the other region, too (--region auto). " : "";
        return otherRegion
                + "Where a bucket keeps older versions, a good one is brought back with: lifeboat"
                + " replicate --apply"
                + (lookAlike(copies) ? " --deep" : "")
                + ". Where the server's pg_wal still holds the file, move the damaged copies away"
                + " and archive it again with: lifeboat wal salvage DIRECTORY.";
    }

    /** A comparison of listings takes copies for good that were damaged in the same way. */
    private static boolean lookAlike(List<WalCopy> copies) {
        return copies.size() > 1
                && copies.stream().allMatch(copy -> copy.isCopyOf(copies.getFirst()));
    }
}
