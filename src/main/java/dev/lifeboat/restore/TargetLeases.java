package dev.lifeboat.restore;

import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that no two restores, hosts or consoles restore into the same place at once. A place
 * is a database of a cluster, whoever reaches it from where; or a directory of a host. Safe for
 * many threads.
 *
 * <p>A killed holder's lease ends by itself; the same restore takes it over at once when it is gone
 * on with.
 *
 * @param regions of the plan; those left out are never contacted
 * @param prefix the profile's, empty or ending with a slash
 * @param term how long a lease holds after it was last extended
 * @param owner who restores, for whoever is refused
 */
public record TargetLeases(
        RegionPair regions, String prefix, Duration term, Clock clock, String owner) {
    static final String WORK = "target-lease";

    private static final String BEGINNING = "restore-";
    private static final Duration LEFT_ALONE = Duration.ofDays(1);

    Leases in(Region region) {
        return new Leases(region.store(), prefix, term, clock);
    }

    /**
     * Holds the lease of the plan's target while the work is done, and gives it back.
     *
     * @param journal of the restore; nobody else works on it
     * @throws RecoveryException LEASE_HELD when another restore works on the target; LEASE_LOST
     *     when one took it over meanwhile; or what the work says
     */
    void during(RestorePlan plan, Journal journal, CancelToken cancel, TargetGuard.Work work)
            throws RecoveryException {
        try (var lease = new TargetLease(this, plan, identity(journal), journal, cancel)) {
            lease.take();
            if (!lease.isHeld()) {
                journal.record(
                        "target-not-guarded",
                        Map.of("why", "No region takes a lease: another host may restore there."));
            }
            ScheduledExecutorService heart = heart(lease);
            try {
                work.run(lease);
            } catch (RecoveryException stopped) {
                throw reason(lease, stopped);
            } finally {
                heart.shutdown();
            }
        }
    }

    private static RecoveryException reason(TargetLease lease, RecoveryException stopped) {
        Optional<RecoveryException> lost = lease.lost().filter(it -> !it.equals(stopped));
        lost.ifPresent(it -> it.addSuppressed(stopped));
        return lost.orElse(stopped);
    }

    /** Does not keep the process, and is not waited for: a lost region answers late. */
    private ScheduledExecutorService heart(TargetLease lease) {
        ScheduledExecutorService heart =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("target-lease").factory());
        long pause = term.dividedBy(15).toMillis();
        heart.execute(this::sweep);
        var _ = heart.scheduleWithFixedDelay(lease::beat, pause, pause, TimeUnit.MILLISECONDS);
        return heart;
    }

    /** What other restores left; one that is not removed is removed by the next. */
    private void sweep() {
        for (Region region : regions.regions()) {
            try {
                in(region).sweep(BEGINNING, LEFT_ALONE);
            } catch (RecoveryException _) {
                return;
            }
        }
    }

    /** What names this one restore, also to the process that goes on with it. */
    private static String identity(Journal journal) throws RecoveryException {
        Optional<String> earlier =
                journal.events().stream()
                        .filter(event -> event.is(WORK))
                        .findFirst()
                        .flatMap(event -> event.text("work"));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        String made = UUID.randomUUID().toString();
        journal.record(WORK, Map.of("work", made));
        return made;
    }

    /**
     * The lease of a place in a region. Each region's has a name of its own, so that what
     * replication copies from one into the other lies beside it, never over it.
     */
    static String name(RestorePlan plan, Region.Role region) {
        return name(plan) + "-" + region;
    }

    /** The same for all who mean the same place. */
    static String name(RestorePlan plan) {
        return BEGINNING
                + switch (plan) {
                    case LogicalPlan logical ->
                            digest(
                                    "database",
                                    logical.target().systemIdentifier(),
                                    logical.target().database());
                    case PhysicalPlan physical ->
                            digest(
                                    "directory",
                                    physical.host(),
                                    physical.dataDirectory().normalize().toString());
                };
    }

    private static String digest(String... parts) {
        try {
            byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
