package dev.lifeboat.replication;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.InParallel;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Lease;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.StorageException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Mends the differences that can be mended, in either direction. Each object arrives whole or not
 * at all, so an interrupted repair is gone on with by the next one. Manifests come after all other
 * objects of their backup, and only when those are good where they go.
 */
public final class RegionRepair {
    /** The name of the lease that every repair takes. */
    public static final String LEASE = "replication";

    private static final int COPIES_AT_ONCE = 8;
    private static final int BETWEEN_LOOKS = 64;

    private final RegionComparison comparison;
    private final Catalog catalog;
    private final Leases leases;
    private final ProvenCopy copying = new ProvenCopy();

    public RegionRepair(RegionComparison comparison, Catalog catalog, Leases leases) {
        this.comparison = comparison;
        this.catalog = catalog;
        this.leases = leases;
    }

    /** A difference that stays, and why. */
    public record Unmended(Difference difference, String why) {}

    /**
     * What was done.
     *
     * @param found what there was to mend
     * @param mended objects that are the same in both regions now
     * @param broughtBack how many of them come from an older version
     */
    public record Outcome(
            Comparison found,
            long mended,
            long mendedBytes,
            long broughtBack,
            List<Unmended> unmended) {
        public Outcome {
            unmended = List.copyOf(unmended);
        }
    }

    /** What came of one difference; null when it was mended. */
    private record Result(Difference difference, Problem refused) {}

    /**
     * Compares, then mends.
     *
     * @param owner who does it
     * @param progress counts bytes
     * @throws RecoveryException LEASE_HELD, LEASE_LOST, or what keeps a region from being listed;
     *     what one object meets is told in the outcome
     */
    public Outcome apply(Thoroughness how, String owner, CancelToken cancel, Progress progress)
            throws RecoveryException {
        try (Lease lease = leases.take(LEASE, owner)) {
            Comparison found = comparison.compare(how, cancel, progress);
            progress.setTotal(
                    progress.done()
                            + found.differences().stream()
                                    .mapToLong(Difference::mendingBytes)
                                    .sum());
            List<Difference> data = new ArrayList<>();
            List<Difference> manifests = new ArrayList<>();
            for (Difference difference : found.differences()) {
                (comparison.isManifest(difference) ? manifests : data).add(difference);
            }
            List<Result> results = new ArrayList<>(all(data, lease, cancel, progress));
            Set<String> broken = new HashSet<>();
            results.stream()
                    .filter(result -> result.refused != null || !result.difference.isMendable())
                    .forEach(
                            result ->
                                    catalog.stemOf(result.difference.key()).ifPresent(broken::add));
            List<Unmended> held = new ArrayList<>();
            List<Difference> ready = new ArrayList<>();
            for (Difference manifest : manifests) {
                if (broken.contains(catalog.stemOf(manifest.key()).orElse(""))) {
                    held.add(
                            new Unmended(
                                    manifest,
                                    "Other objects of the backup are not whole there, and its"
                                            + " manifest comes last."));
                } else {
                    ready.add(manifest);
                }
            }
            results.addAll(all(ready, lease, cancel, progress));
            return outcome(found, results, held);
        }
    }

    private List<Result> all(
            List<Difference> differences, Lease lease, CancelToken cancel, Progress progress)
            throws RecoveryException {
        List<Result> results = new ArrayList<>();
        for (int from = 0; from < differences.size(); from += BETWEEN_LOOKS) {
            lease.keep();
            int to = Math.min(differences.size(), from + BETWEEN_LOOKS);
            results.addAll(
                    new InParallel(COPIES_AT_ONCE, Long.MAX_VALUE, cancel)
                            .map(
                                    differences.subList(from, to),
                                    _ -> 0,
                                    found -> one(found, cancel, progress)));
        }
        return results;
    }

    private Result one(Difference difference, CancelToken cancel, Progress progress)
            throws RecoveryException {
        if (!difference.isMendable()) {
            return new Result(difference, null);
        }
        try {
            comparison.copy(difference, copying, cancel);
            progress.add(difference.mendingBytes());
            return new Result(difference, null);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.UNREACHABLE) {
                throw failure;
            }
            return new Result(difference, failure.problem());
        } catch (RecoveryException refused) {
            return new Result(difference, refused.problem());
        }
    }

    private static Outcome outcome(Comparison found, List<Result> results, List<Unmended> held) {
        List<Unmended> unmended = new ArrayList<>();
        long mended = 0;
        long bytes = 0;
        long broughtBack = 0;
        for (Result result : results) {
            Difference difference = result.difference;
            if (result.refused != null) {
                unmended.add(
                        new Unmended(
                                difference, result.refused.what() + " " + result.refused.why()));
            } else if (!difference.isMendable()) {
                unmended.add(new Unmended(difference, reason(difference)));
            } else {
                mended++;
                broughtBack += difference.kept().isPresent() ? 1 : 0;
                bytes += difference.mendingBytes();
            }
        }
        unmended.addAll(held);
        return new Outcome(found, mended, bytes, broughtBack, unmended);
    }

    private static String reason(Difference difference) {
        return switch (difference.kind()) {
            case CONFLICT ->
                    "Nothing says which copy is the right one: compare them, and remove the wrong"
                            + " one.";
            case ARCHIVED -> "It must be asked back from the archive first.";
            default -> "No region has a good copy, and no bucket keeps an older version that is.";
        };
    }
}
