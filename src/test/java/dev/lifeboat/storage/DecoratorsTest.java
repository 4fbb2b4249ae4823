package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.storage.StoreMeter.Operation;
import dev.lifeboat.storage.memory.MemoryStore;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

class DecoratorsTest {
    private static final byte[] BODY = new byte[100_000];
    private final MemoryStore memory = new MemoryStore("memory", Clock.systemUTC());

    DecoratorsTest() throws Exception {
        new Random(1).nextBytes(BODY);
        memory.put("a", ByteSource.of(BODY), PutOptions.plain());
        memory.put("b", ByteSource.of(new byte[100_000]), PutOptions.plain());
    }

    @Test
    void countsWhatAStoreDoes() throws Exception {
        StoreMeter meter = new StoreMeter();
        ObjectStore metered = new MeteredStore(memory, meter);

        metered.put("x", ByteSource.of(new byte[7]), PutOptions.plain());
        metered.head("x");
        metered.head("y");
        assertThatThrownBy(() -> metered.get("y", ByteRange.whole(), null))
                .isInstanceOf(StorageException.class);
        try (ObjectStream body = metered.get("a", ByteRange.of(0, 50), null)) {
            body.readAllBytes();
        }
        meter.retrying(StorageException.absent("s", "k"), Duration.ofMillis(20));

        StoreMeter.Snapshot counted = meter.snapshot();
        assertThat(counted.of(Operation.PUT).calls()).isEqualTo(1);
        assertThat(counted.of(Operation.HEAD).calls()).isEqualTo(2);
        assertThat(counted.of(Operation.GET).calls()).isEqualTo(2);
        assertThat(counted.of(Operation.GET).failures()).isEqualTo(1);
        assertThat(counted.of(Operation.GET).slowest()).isPositive();
        assertThat(counted.bytesRead()).isEqualTo(50);
        assertThat(counted.bytesWritten()).isEqualTo(7);
        assertThat(counted.retries()).isEqualTo(1);
        assertThat(counted.waited()).isEqualTo(Duration.ofMillis(20));
        assertThat(counted.calls()).isEqualTo(5);
    }

    @Test
    void letsNoMoreRequestsThroughThanItMay() throws Exception {
        ObjectStore limited = new LimitedStore(memory, 2, 0, _ -> {});
        ObjectStream first = limited.get("a", ByteRange.whole(), null);
        ObjectStream second = limited.get("a", ByteRange.whole(), null);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> third = threads.submit(() -> limited.head("a"));
            assertThatThrownBy(() -> third.get(50, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);

            first.close();
            first.close();

            third.get(30, TimeUnit.SECONDS);
            Future<?> fourth = threads.submit(() -> limited.get("a", ByteRange.whole(), null));
            fourth.get(30, TimeUnit.SECONDS);
            Future<?> fifth = threads.submit(() -> limited.head("a"));
            assertThatThrownBy(() -> fifth.get(50, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            second.close();
            fifth.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void givesItsPlaceBackWhenARequestFails() {
        ObjectStore limited = new LimitedStore(memory, 1, 0, _ -> {});

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> limited.get("nothing", ByteRange.whole(), null))
                    .isInstanceOf(StorageException.class);
        }
    }

    @Test
    void letsNoMoreBytesThroughThanItMay() throws Exception {
        AtomicLong nanos = new AtomicLong();
        List<Duration> waits = new ArrayList<>();
        ByteRate rate =
                new ByteRate(
                        10_000,
                        wait -> {
                            waits.add(wait);
                            nanos.addAndGet(wait.toNanos());
                        },
                        nanos::get);
        ObjectStore limited = new LimitedStore(memory, 4, rate);

        try (ObjectStream body = limited.get("a", ByteRange.whole(), null)) {
            assertThat(body.readAllBytes()).isEqualTo(BODY);
        }
        assertThat(Duration.ofNanos(nanos.get())).isEqualTo(Duration.ofSeconds(10));
        limited.put("c", ByteSource.of(new byte[20_000]), PutOptions.plain());

        assertThat(Duration.ofNanos(nanos.get())).isEqualTo(Duration.ofSeconds(12));
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMillis(100)) <= 0);
    }

    @Test
    void flipsOneBit() throws Exception {
        byte[] read = read(new Faults(0, 0, 0, 0, 1, 0, 0, Duration.ZERO), "a");

        int different = 0;
        for (int i = 0; i < BODY.length; i++) {
            different += Integer.bitCount((read[i] ^ BODY[i]) & 0xFF);
        }
        assertThat(different).isEqualTo(1);
    }

    @Test
    void shortensQuietly() throws Exception {
        assertThat(read(new Faults(0, 0, 0, 0, 0, 1, 0, Duration.ZERO), "a"))
                .isEqualTo(Arrays.copyOf(BODY, BODY.length / 2));
    }

    @Test
    void swapsTheObjectThatWasReadBefore() throws Exception {
        FaultyStore faulty =
                new FaultyStore(
                        memory,
                        new Faults(0, 0, 0, 0, 0, 0, 1, Duration.ZERO),
                        new Random(1),
                        _ -> {});
        faulty.get("b", ByteRange.whole(), null).close();

        try (ObjectStream body = faulty.get("a", ByteRange.whole(), null)) {
            assertThat(body.info().key()).isEqualTo("a");
            assertThat(body.readAllBytes()).isEqualTo(new byte[100_000]);
        }
    }

    @Test
    void givesTheSameFaultsForTheSameNumbers() throws Exception {
        assertThat(failures(7)).isEqualTo(failures(7)).isNotEqualTo(failures(8));
    }

    private List<Boolean> failures(long seed) throws Exception {
        FaultyStore faulty =
                new FaultyStore(memory, Faults.network(0.5), new Random(seed), _ -> {});
        List<Boolean> failures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            try {
                faulty.head("a");
                failures.add(false);
            } catch (StorageException failure) {
                assertThat(failure.isTransient()).isTrue();
                failures.add(true);
            }
        }
        return failures;
    }

    @Test
    void delaysEveryRequest() throws Exception {
        List<Duration> waits = new ArrayList<>();
        FaultyStore slow =
                new FaultyStore(
                        memory,
                        Faults.none().withDelay(Duration.ofMillis(20)),
                        new Random(1),
                        waits::add);

        slow.head("a");
        slow.get("a", ByteRange.whole(), null).close();

        assertThat(waits).containsExactly(Duration.ofMillis(20), Duration.ofMillis(20));
    }

    private byte[] read(Faults faults, String key) throws Exception {
        FaultyStore faulty = new FaultyStore(memory, faults, new Random(1), _ -> {});
        try (ObjectStream body = faulty.get(key, ByteRange.whole(), null)) {
            return body.readAllBytes();
        }
    }
}
