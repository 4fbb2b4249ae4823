package dev.lifeboat.retention;

import dev.lifeboat.catalog.InParallel;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.retention.RetentionPlan.ClassMove;
import dev.lifeboat.retention.RetentionPlan.Removal;
import dev.lifeboat.retention.RetentionPlan.Target;
import dev.lifeboat.storage.Lease;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Carries a plan of retention out. Of a backup its manifests go first, in every region, then the
 * rest: what an interruption leaves does not look whole, and the next cleanup removes it. WAL goes
 * after the bases it served, the oldest first.
 */
public final class Cleanup {
    /** The name of the lease that every cleanup takes. */
    public static final String LEASE = "cleanup";

    private static final int AT_ONCE = 16;
    private static final int WAL_BETWEEN_LOOKS = 500;

    private final RetentionPlanner planner;
    private final RegionPair backups;
    private final RegionPair wal;
    private final Leases leases;

    public Cleanup(RetentionPlanner planner, RegionPair backups, RegionPair wal, Leases leases) {
        this.planner = planner;
        this.backups = backups;
        this.wal = wal;
        this.leases = leases;
    }

    /**
     * What was done.
     *
     * @param removed objects
     * @param notMoved why objects stayed in their storage class: the first refusal of a region
     */
    public record Outcome(
            RetentionPlan plan,
            long removed,
            long removedBytes,
            long moved,
            List<Problem> notMoved) {
        public Outcome {
            notMoved = List.copyOf(notMoved);
        }
    }

    /**
     * Plans once more under the lease and does just that.
     *
     * @param shown the digest of the plan somebody agreed to
     * @param owner who does it
     * @param progress counts objects
     * @throws RecoveryException PLAN_OUTDATED when the plan would be another one now; LEASE_HELD;
     *     as {@link RetentionPlanner#plan}; or what a store says, with what was removed staying so
     */
    public Outcome apply(String shown, String owner, CancelToken cancel, Progress progress)
            throws RecoveryException {
        try (Lease lease = leases.take(LEASE, owner)) {
            RetentionPlan plan = planner.plan(cancel);
            if (!plan.digest().equals(shown)) {
                throw new RecoveryException(
                        ProblemCode.PLAN_OUTDATED,
                        "The plan " + shown + " is not what would be done now.",
                        "Something was added, removed, held or came of age since it was made; now it"
                                + " is "
                                + plan.digest()
                                + ".",
                        "Look at the new plan with `lifeboat cleanup`.");
            }
            return carryOut(plan, lease, cancel, progress);
        }
    }

    /** As {@link #apply}, with the plan that is made now, whatever it is. */
    public Outcome applyNow(String owner, CancelToken cancel, Progress progress)
            throws RecoveryException {
        try (Lease lease = leases.take(LEASE, owner)) {
            return carryOut(planner.plan(cancel), lease, cancel, progress);
        }
    }

    private Outcome carryOut(RetentionPlan plan, Lease lease, CancelToken cancel, Progress progress)
            throws RecoveryException {
        progress.setTotal(
                plan.moves().size()
                        + plan.removals().stream().mapToLong(r -> r.targets().size()).sum());
        for (Removal removal : plan.removals()) {
            if (!removal.wal()) {
                lease.keep();
                remove(removal, cancel, progress);
            }
        }
        removeWal(plan, lease, cancel, progress);
        List<Problem> notMoved = new ArrayList<>();
        long moved = move(plan, lease, notMoved, cancel, progress);
        long removed = plan.removals().stream().mapToLong(r -> r.targets().size()).sum();
        return new Outcome(plan, removed, plan.bytes(), moved, notMoved);
    }

    private void remove(Removal removal, CancelToken cancel, Progress progress)
            throws RecoveryException {
        List<Target> targets = removal.targets();
        int manifests = manifests(removal);
        for (Target manifest : targets.subList(0, manifests)) {
            cancel.check();
            store(manifest, backups).delete(manifest.key());
            progress.add(1);
        }
        delete(targets.subList(manifests, targets.size()), backups, cancel, progress);
    }

    private void removeWal(RetentionPlan plan, Lease lease, CancelToken cancel, Progress progress)
            throws RecoveryException {
        List<Target> all =
                plan.removals().stream()
                        .filter(Removal::wal)
                        .flatMap(removal -> removal.targets().stream())
                        .toList();
        for (int from = 0; from < all.size(); from += WAL_BETWEEN_LOOKS) {
            lease.keep();
            int to = Math.min(all.size(), from + WAL_BETWEEN_LOOKS);
            delete(all.subList(from, to), wal, cancel, progress);
        }
    }

    private static void delete(
            List<Target> targets, RegionPair regions, CancelToken cancel, Progress progress)
            throws RecoveryException {
        new InParallel(AT_ONCE, Long.MAX_VALUE, cancel)
                .map(
                        targets,
                        _ -> 0,
                        target -> {
                            store(target, regions).delete(target.key());
                            progress.add(1);
                            return target;
                        });
    }

    /** The first key's objects are the manifests; they go alone, before anything else does. */
    private static int manifests(Removal removal) {
        if (removal.targets().isEmpty()) {
            return 0;
        }
        String first = removal.targets().getFirst().key();
        return (int) removal.targets().stream().filter(t -> t.key().equals(first)).count();
    }

    /** A region that refuses one is not asked for the others: it may have no such classes. */
    private long move(
            RetentionPlan plan,
            Lease lease,
            List<Problem> notMoved,
            CancelToken cancel,
            Progress progress)
            throws RecoveryException {
        Set<Region.Role> refusing = EnumSet.noneOf(Region.Role.class);
        long moved = 0;
        for (ClassMove move : plan.moves()) {
            Target target = move.target();
            lease.keep();
            cancel.check();
            progress.add(1);
            if (refusing.contains(target.region())) {
                continue;
            }
            try {
                store(target, backups)
                        .changeClass(target.key(), target.etag(), move.storageClass());
                moved++;
            } catch (CancelledException stopped) {
                throw stopped;
            } catch (RecoveryException refused) {
                refusing.add(target.region());
                notMoved.add(refused.problem());
            }
        }
        return moved;
    }

    private static ObjectStore store(Target target, RegionPair regions) {
        return regions.regions().stream()
                .filter(region -> region.role() == target.region())
                .map(Region::store)
                .findFirst()
                .orElseThrow();
    }
}
