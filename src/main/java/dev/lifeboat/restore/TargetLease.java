package dev.lifeboat.restore;

import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Lease;
import dev.lifeboat.storage.Region;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to restore into one place, held in every region that takes it. A region that answers
 * nothing, or may not be written, is told in the journal and asked again from time to time: it must
 * not keep a database from coming back. Safe for many threads; none waits for another's request.
 */
final class TargetLease implements TargetGuard, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TargetLease.class);

    private final Map<Region.Role, Lease> held = new ConcurrentHashMap<>();
    private final Set<Region.Role> told = ConcurrentHashMap.newKeySet();
    private final TargetLeases leases;
    private final RestorePlan plan;
    private final String work;
    private final Journal journal;
    private final CancelToken cancel;
    private volatile RecoveryException lost;
    private volatile boolean closed;

    /**
     * @param work names this one restore, also to the process that goes on with it
     * @param journal of the restore
     * @param cancel stops the restore
     */
    TargetLease(
            TargetLeases leases,
            RestorePlan plan,
            String work,
            Journal journal,
            CancelToken cancel) {
        this.leases = leases;
        this.plan = plan;
        this.work = work;
        this.journal = journal;
        this.cancel = cancel;
    }

    /**
     * Takes it where it is not held yet.
     *
     * @throws RecoveryException LEASE_HELD when another restore has it in any region
     */
    void take() throws RecoveryException {
        for (Region region : leases.regions().regions()) {
            if (!held.containsKey(region.role())) {
                take(region);
            }
        }
        for (Region.Role role : Region.Role.values()) {
            if (!held.containsKey(role)) {
                requireFreeAsCopied(role);
            }
        }
    }

    /** Of a region that is not seen, the other one may have been given copies. */
    private void requireFreeAsCopied(Region.Role unseen) throws RecoveryException {
        for (Region region : leases.regions().regions()) {
            if (region.role() == unseen) {
                continue;
            }
            try {
                leases.in(region).requireFree(TargetLeases.name(plan, unseen), work);
            } catch (RecoveryException refused) {
                cancel.check();
                if (refused.code() == ProblemCode.LEASE_HELD) {
                    throw heldByAnother(refused);
                }
                LOG.debug("Copies of the lease of {} could not be read.", unseen, refused);
            }
        }
    }

    private void take(Region region) throws RecoveryException {
        try {
            String name = TargetLeases.name(plan, region.role());
            Lease lease = leases.in(region).take(name, leases.owner(), work);
            held.put(region.role(), lease);
            if (closed) {
                lease.close();
                return;
            }
            journal.note("target-lease-taken", Map.of("region", region.name()));
        } catch (RecoveryException refused) {
            cancel.check();
            if (refused.code() == ProblemCode.LEASE_HELD) {
                throw heldByAnother(refused);
            }
            tell(region.role(), refused);
        }
    }

    /** Once for each region: a lost one is asked often. */
    private void tell(Region.Role region, RecoveryException why) throws RecoveryException {
        if (!closed && told.add(region)) {
            journal.note(
                    "target-lease-not-held",
                    Map.of("region", region.toString(), "why", why.problem().what()));
        }
    }

    /** Whether any region holds it: what is held in none guards nothing. */
    boolean isHeld() {
        return !held.isEmpty();
    }

    /** Makes sure that it is held still, wherever that can be known, and extends it. */
    @Override
    public void require() throws RecoveryException {
        if (lost != null) {
            throw lost;
        }
        for (Map.Entry<Region.Role, Lease> one : held.entrySet()) {
            try {
                one.getValue().keep();
            } catch (RecoveryException refused) {
                cancel.check();
                if (refused.code() == ProblemCode.LEASE_LOST) {
                    throw lostToAnother(refused);
                }
                tell(one.getKey(), refused);
            }
        }
    }

    /** Extends it; when another restore has it, the work is asked to stop. */
    void beat() {
        try {
            require();
            take();
        } catch (RecoveryException gone) {
            boolean another =
                    gone.code() == ProblemCode.LEASE_LOST || gone.code() == ProblemCode.LEASE_HELD;
            if (another && !closed && !cancel.isCancelled()) {
                lost = gone;
                LOG.warn("The restore stops: {}", gone.problem());
                cancel.cancel();
            }
        }
    }

    /** Why the work was asked to stop, when it was for the lease. */
    Optional<RecoveryException> lost() {
        return Optional.ofNullable(lost);
    }

    @Override
    public void close() {
        closed = true;
        held.values().forEach(Lease::close);
    }

    private String place() {
        return switch (plan) {
            case LogicalPlan logical -> logical.target().confirmText();
            case PhysicalPlan physical -> physical.dataDirectory() + " on " + physical.host();
        };
    }

    private RecoveryException heldByAnother(RecoveryException refused) {
        return new RecoveryException(
                ProblemCode.LEASE_HELD,
                "Another restore works on " + place() + " at this moment.",
                refused.problem().why(),
                "Wait until it has ended, then: lifeboat restores resume "
                        + plan.id()
                        + ". The lease of one that was killed ends by itself; whoever goes on with"
                        + " that one takes it over at once.",
                refused);
    }

    private RecoveryException lostToAnother(RecoveryException refused) {
        return new RecoveryException(
                ProblemCode.LEASE_LOST,
                "Another restore took " + place() + " over, so this one stopped.",
                refused.problem().why(),
                "Look at what the other one does; then: lifeboat restores resume "
                        + plan.id()
                        + ".",
                refused);
    }
}
