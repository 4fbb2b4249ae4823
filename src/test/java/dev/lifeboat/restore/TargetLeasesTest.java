package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.journal.Event;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.logical.LogicalTarget;
import dev.lifeboat.storage.Faults;
import dev.lifeboat.storage.FaultyStore;
import dev.lifeboat.storage.Leases;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.ReplicatingStore;
import dev.lifeboat.storage.memory.MemoryStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

class TargetLeasesTest {
    private static final Instant NOW = Plans.START.plusSeconds(7200);
    private static final Duration TERM = Duration.ofMinutes(15);

    @TempDir Path folder;
    private volatile Instant now = NOW;
    private final Clock clock =
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };
    private final MemoryStore primary = new MemoryStore("s3://primary", clock);
    private final MemoryStore dr = new MemoryStore("s3://dr", clock);

    private TargetLeases leases(String owner, ObjectStore first, ObjectStore second) {
        return leases(owner, first, second, TERM);
    }

    private TargetLeases leases(
            String owner, ObjectStore first, ObjectStore second, Duration term) {
        return new TargetLeases(
                new RegionPair(first, second, RegionChoice.AUTO), "p/", term, clock, owner);
    }

    private Journal journal(String name) throws RecoveryException {
        return Journal.open(folder.resolve(name), clock);
    }

    private static List<String> names(Journal journal) {
        return journal.events().stream().map(Event::name).toList();
    }

    private void refused(TargetLeases others, String journal) throws RecoveryException {
        try (Journal other = journal(journal)) {
            assertThatThrownBy(
                            () ->
                                    others.during(
                                            Plans.physical(),
                                            other,
                                            CancelToken.never(),
                                            _ -> {
                                                throw new AssertionError("two at once");
                                            }))
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            p -> {
                                assertThat(p.code()).isEqualTo(ProblemCode.LEASE_HELD);
                                assertThat(p.problem().what())
                                        .contains(
                                                Plans.physical().dataDirectory() + " on pg-dr-01");
                                assertThat(p.problem().why()).contains("anna");
                            });
        }
    }

    @Test
    void twoRestoresNeverWorkOnTheSameTargetAndTheSecondMayOnceTheFirstEnded() throws Exception {
        try (Journal first = journal("a");
                Journal third = journal("c")) {
            leases("anna", primary, dr)
                    .during(
                            Plans.physical(),
                            first,
                            CancelToken.never(),
                            _ -> refused(leases("ben", primary, dr), "b"));

            leases("carl", primary, dr)
                    .during(Plans.physical(), third, CancelToken.never(), _ -> {});

            assertThat(names(third))
                    .containsExactly("target-lease", "target-lease-taken", "target-lease-taken");
        }
    }

    private static ObjectStore lost(ObjectStore store) {
        return new FaultyStore(store, Faults.darkness(), new Random(1), _ -> {});
    }

    @Test
    void whoeverSeesOneRegionOnlyIsRefusedByThatOne() throws Exception {
        try (Journal first = journal("a")) {
            leases("anna", primary, dr)
                    .during(
                            Plans.physical(),
                            first,
                            CancelToken.never(),
                            _ -> {
                                refused(leases("ben", lost(primary), dr), "b");
                                refused(leases("ben", primary, lost(dr)), "c");
                            });
        }
    }

    @Test
    void aLostRegionDoesNotBlockARestoreAndTheJournalSaysWhatIsNotGuarded() throws Exception {
        var done = new AtomicInteger();
        try (Journal one = journal("a");
                Journal none = journal("b")) {
            leases("anna", lost(primary), dr)
                    .during(
                            Plans.physical(),
                            one,
                            CancelToken.never(),
                            _ -> done.incrementAndGet());
            leases("anna", lost(primary), lost(dr))
                    .during(
                            Plans.physical(),
                            none,
                            CancelToken.never(),
                            guard -> {
                                guard.require();
                                done.incrementAndGet();
                            });

            assertThat(done).hasValue(2);
            assertThat(names(one))
                    .containsExactly("target-lease", "target-lease-not-held", "target-lease-taken");
            assertThat(names(none))
                    .containsExactly(
                            "target-lease",
                            "target-lease-not-held",
                            "target-lease-not-held",
                            "target-not-guarded");
        }
    }

    @Test
    void theSameRestoreTakesOverWhatItsKilledProcessHeld() throws Exception {
        var done = new AtomicInteger();
        TargetLeases leases = leases("anna", primary, dr);
        try (Journal journal = journal("a")) {
            leases.during(
                    Plans.physical(),
                    journal,
                    CancelToken.never(),
                    _ ->
                            leases.during(
                                    Plans.physical(),
                                    journal,
                                    CancelToken.never(),
                                    _ -> done.incrementAndGet()));
        }
        assertThat(done).hasValue(1);
    }

    /** As S3 replication does. */
    private static ReplicatingStore copied(MemoryStore from, MemoryStore to) {
        return new ReplicatingStore(from, to);
    }

    /** The copy of its lease in the primary comes while it takes the one in DR. */
    @Test
    void aRestoreIsNotRefusedByTheCopyOfItsOwnLease() throws Exception {
        ReplicatingStore first = copied(primary, dr);
        TargetLeases leases = leases("anna", first, first.late());
        var done = new AtomicInteger();
        try (Journal journal = journal("a")) {
            leases.during(
                    Plans.physical(), journal, CancelToken.never(), _ -> done.incrementAndGet());
            leases.during(
                    Plans.physical(),
                    journal,
                    CancelToken.never(),
                    _ ->
                            leases.during(
                                    Plans.physical(),
                                    journal,
                                    CancelToken.never(),
                                    _ -> done.incrementAndGet()));
        }
        assertThat(done).hasValue(2);
    }

    @Test
    void aLongRestoreKeepsItsLeaseThoughEachExtensionIsCopied() throws Exception {
        try (Journal earlier = journal("a");
                Journal journal = journal("b")) {
            leases("anna", copied(primary, dr), lost(dr))
                    .during(Plans.physical(), earlier, CancelToken.never(), _ -> {});

            leases("ben", copied(primary, dr), copied(dr, primary))
                    .during(
                            Plans.physical(),
                            journal,
                            CancelToken.never(),
                            guard -> {
                                for (int i = 0; i < 6; i++) {
                                    now = now.plus(TERM.dividedBy(2));
                                    guard.require();
                                }
                            });

            assertThat(names(journal))
                    .containsExactly("target-lease", "target-lease-taken", "target-lease-taken");
        }
    }

    @Test
    void anotherRestoreIsRefusedThoughTheRegionsAreCopied() throws Exception {
        ObjectStore first = copied(primary, dr);
        ObjectStore second = copied(dr, primary);
        try (Journal journal = journal("a")) {
            leases("anna", first, second)
                    .during(
                            Plans.physical(),
                            journal,
                            CancelToken.never(),
                            guard -> {
                                now = now.plus(TERM.dividedBy(2));
                                guard.require();
                                refused(leases("ben", first, second), "b");
                                refused(leases("ben", lost(first), second), "c");
                                refused(leases("ben", first, lost(second)), "d");
                                guard.require();
                            });
        }
    }

    /** One sees the primary alone, the other DR alone, where the first one's lease was copied. */
    @Test
    void theCopyOfALeaseCountsWhereItsOwnRegionIsNotSeen() throws Exception {
        TargetLeases drOnly =
                new TargetLeases(
                        new RegionPair(lost(primary), dr, RegionChoice.DR),
                        "p/",
                        TERM,
                        clock,
                        "ben");
        try (Journal first = journal("a");
                Journal second = journal("d")) {
            leases("anna", copied(primary, dr), lost(dr))
                    .during(
                            Plans.physical(),
                            first,
                            CancelToken.never(),
                            _ -> {
                                refused(leases("ben", lost(primary), dr), "b");
                                refused(drOnly, "c");
                            });

            var done = new AtomicInteger();
            drOnly.during(
                    Plans.physical(), second, CancelToken.never(), _ -> done.incrementAndGet());
            assertThat(done).hasValue(1);
        }
    }

    @Test
    void aRestoreThatWasTakenOverIsStoppedAndToldWhy() throws Exception {
        var cancel = new CancelToken();
        TargetLeases late = leases("anna", primary, dr, Duration.ofMillis(150));
        try (Journal journal = journal("a")) {
            assertThatThrownBy(
                            () ->
                                    late.during(
                                            Plans.physical(),
                                            journal,
                                            cancel,
                                            _ -> {
                                                takenOverByAnother();
                                                cancel.sleep(Duration.ofMinutes(1));
                                            }))
                    .isInstanceOfSatisfying(
                            RecoveryException.class,
                            p -> {
                                assertThat(p.code()).isEqualTo(ProblemCode.LEASE_LOST);
                                assertThat(p.problem().what())
                                        .contains(Plans.physical().dataDirectory().toString());
                            });
        }
    }

    /** As another host whose clock says that the lease is over. */
    private void takenOverByAnother() throws RecoveryException {
        for (Region region : leases("ben", primary, dr).regions().regions()) {
            new Leases(region.store(), "p/", TERM, Clock.offset(clock, TERM.plusMinutes(2)))
                    .take(TargetLeases.name(Plans.physical(), region.role()), "ben");
        }
        now = NOW.plus(TERM);
    }

    @Test
    void theSameDatabaseIsTheSameTargetHoweverItIsReached() {
        LogicalPlan plan = Plans.logical();
        LogicalTarget target = plan.target();

        String name = TargetLeases.name(plan);

        String host = "postgresql://elsewhere:5432/" + target.database();
        assertThat(TargetLeases.name(into(host, target.database()))).isEqualTo(name);
        assertThat(TargetLeases.name(into(target.uri(), "another"))).isNotEqualTo(name);
        assertThat(TargetLeases.name(Plans.physical())).isNotEqualTo(name);
    }

    private static LogicalPlan into(String uri, String database) {
        LogicalPlan plan = Plans.logical();
        LogicalTarget as = plan.target();
        var target =
                new LogicalTarget(
                        uri,
                        database + "@elsewhere:5432",
                        database,
                        as.user(),
                        as.systemIdentifier(),
                        as.serverVersion(),
                        as.oid(),
                        as.contents(),
                        as.owned(),
                        as.mayCreate());
        return new LogicalPlan(
                "another_id",
                plan.tool(),
                "another-host",
                plan.plannedAt(),
                plan.region(),
                plan.source(),
                plan.sourceReason(),
                target,
                plan.scratch(),
                plan.kept(),
                plan.roles(),
                plan.spool(),
                plan.jobs(),
                plan.notes(),
                plan.confirm());
    }
}
