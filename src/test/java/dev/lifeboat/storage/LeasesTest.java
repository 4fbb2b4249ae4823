package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.memory.MemoryStore;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

class LeasesTest {
    private static final Duration TERM = Duration.ofMinutes(15);

    private final Ticking clock = new Ticking();
    private final MemoryStore store = new MemoryStore("s3://b", clock);
    private final Leases leases = new Leases(store, "p/", TERM, clock);

    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-04-07T12:00:00Z");

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
    }

    private void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    private static void refused(ThrowingCallable work, ProblemCode code) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        RecoveryException.class, p -> assertThat(p.code()).isEqualTo(code));
    }

    @Test
    void oneHoldsItAndTheOtherIsToldWho() throws Exception {
        leases.take("cleanup", "anna");

        assertThatThrownBy(() -> leases.take("cleanup", "ben"))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        p -> {
                            assertThat(p.code()).isEqualTo(ProblemCode.LEASE_HELD);
                            assertThat(p.problem().why()).contains("anna");
                        });
        leases.take("rotation", "ben").close();
    }

    @Test
    void whatWasGivenBackIsTakenAtOnce() throws Exception {
        leases.take("cleanup", "anna").close();

        leases.take("cleanup", "ben").keep();
    }

    @Test
    void theLeaseOfADeadHolderEndsByItself() throws Exception {
        leases.take("cleanup", "anna");
        pass(TERM.plusSeconds(30));
        refused(() -> leases.take("cleanup", "ben"), ProblemCode.LEASE_HELD);
        pass(Duration.ofMinutes(1));

        leases.take("cleanup", "ben").keep();
    }

    @Test
    void whoKeepsItKeepsItForLongerThanATerm() throws Exception {
        Lease lease = leases.take("cleanup", "anna");
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMinutes(8));
            lease.keep();
        }

        refused(() -> leases.take("cleanup", "ben"), ProblemCode.LEASE_HELD);
    }

    @Test
    void whoStoodStillFindsOutThatAnotherTookOver() throws Exception {
        Lease stalled = leases.take("cleanup", "anna");
        pass(Duration.ofHours(2));
        Lease taken = leases.take("cleanup", "ben");

        refused(stalled::keep, ProblemCode.LEASE_LOST);
        stalled.close();
        taken.keep();
        taken.close();
        refused(stalled::keep, ProblemCode.LEASE_LOST);
    }

    @Test
    void whoStoodStillGoesOnWhenNobodyTookOver() throws Exception {
        Lease stalled = leases.take("cleanup", "anna");
        pass(Duration.ofHours(2));

        stalled.keep();

        refused(() -> leases.take("cleanup", "ben"), ProblemCode.LEASE_HELD);
    }

    @Test
    void takingOverYieldsToAHolderThatExtendsAtThatMoment() throws Exception {
        Lease late = leases.take("cleanup", "anna");
        pass(Duration.ofHours(2));
        ObjectStore between = new ExtendingBeforePut(store, late);

        refused(
                () -> new Leases(between, "p/", TERM, clock).take("cleanup", "ben"),
                ProblemCode.LEASE_HELD);
        late.keep();
    }

    /** Lets another holder extend just before the first object is put. */
    private static final class ExtendingBeforePut extends StoreDecorator {
        private final Lease other;
        private boolean done;

        ExtendingBeforePut(ObjectStore inner, Lease other) {
            super(inner);
            this.other = other;
        }

        @Override
        public ObjectInfo put(String key, ByteSource body, PutOptions options)
                throws RecoveryException {
            if (!done) {
                done = true;
                other.keep();
            }
            return super.put(key, body, options);
        }
    }

    @Test
    void ofManyWhoTryAtOnceOneGetsIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            var got = new AtomicInteger();
            String name = "round-" + round;
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Void>> all = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    all.add(threads.submit((Callable<Void>) () -> trying(name, got)));
                }
                for (Future<Void> one : all) {
                    one.get();
                }
            }
            assertThat(got).hasValue(1);
        }
    }

    private Void trying(String name, AtomicInteger got) throws RecoveryException {
        try {
            leases.take(name, "somebody");
            got.incrementAndGet();
        } catch (RecoveryException refused) {
            assertThat(refused.code()).isEqualTo(ProblemCode.LEASE_HELD);
        }
        return null;
    }

    @Test
    void leavesOneObjectForEachName() throws Exception {
        for (int i = 0; i < 5; i++) {
            leases.take("cleanup", "anna").close();
        }

        List<String> keys = new ArrayList<>();
        store.list("", "", object -> keys.add(object.key()), CancelToken.never());
        assertThat(keys).containsExactly("p/leases/cleanup/000000000005.json");
    }

    @Test
    void theSameWorkGoesOnAtOnceAndAnotherDoesNot() throws Exception {
        Lease killed = leases.take("restore-1", "anna", "work of anna");
        refused(() -> leases.take("restore-1", "ben", "work of ben"), ProblemCode.LEASE_HELD);
        refused(() -> leases.take("restore-1", "ben"), ProblemCode.LEASE_HELD);

        Lease resumed = leases.take("restore-1", "anna", "work of anna");

        pass(TERM.dividedBy(2));
        resumed.keep();
        refused(killed::keep, ProblemCode.LEASE_LOST);
        refused(() -> leases.take("restore-1", "ben", "work of ben"), ProblemCode.LEASE_HELD);
    }

    @Test
    void onlyWhatWasGivenBackLongAgoIsSweptAway() throws Exception {
        leases.take("restore-1", "anna").close();
        leases.take("restore-2", "ben");
        leases.take("cleanup", "ben").close();
        pass(Duration.ofDays(2));
        leases.take("restore-3", "carl").close();

        leases.sweep("restore-", Duration.ofDays(1));

        assertThat(leftKeys())
                .containsExactly(
                        "p/leases/cleanup/000000000001.json",
                        "p/leases/restore-2/000000000001.json",
                        "p/leases/restore-3/000000000001.json");
    }

    private List<String> leftKeys() throws RecoveryException {
        List<String> keys = new ArrayList<>();
        store.list("", "", object -> keys.add(object.key()), CancelToken.never());
        return keys;
    }
}
