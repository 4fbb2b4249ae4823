package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.storage.StorageException.Kind;
import dev.lifeboat.storage.StoreMeter.Operation;
import dev.lifeboat.storage.memory.MemoryStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

class MultipartOutputTest {
    private static final int PART = (int) MultipartUpload.MIN_PART_BYTES;
    private final MemoryStore memory = new MemoryStore("memory", Clock.systemUTC());
    private final StoreMeter meter = new StoreMeter();
    private final ObjectStore store = new MeteredStore(memory, meter);

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                65_535,
                65_536,
                65_537,
                PART - 1,
                PART,
                PART + 1,
                2 * PART,
                3 * PART + 17
            })
    void storesWhatWasWritten(int size) throws Exception {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);

        Stored stored;
        try (MultipartOutput out = output(3)) {
            Random random = new Random(7);
            for (int at = 0; at < size; ) {
                int count = Math.min(size - at, 1 + random.nextInt(700_000));
                out.write(body, at, count);
                at += count;
            }
            stored = out.complete();
        }

        assertThat(read()).isEqualTo(body);
        assertThat(stored.content()).isEqualTo(Sha256.of(body));
        assertThat(stored.info().sizeBytes()).isEqualTo(size);
        assertThat(meter.snapshot().of(Operation.PUT).calls()).isEqualTo(size <= PART ? 1 : 0);
        assertThat(meter.snapshot().of(Operation.PART).calls())
                .isEqualTo(size <= PART ? 0 : (size + PART - 1) / PART);
        assertThat(memory.pendingUploads("")).isEmpty();
    }

    @Test
    void keepsItsOptions() throws Exception {
        PutOptions options =
                PutOptions.plain()
                        .withMetadata(Map.of("kind", "base"))
                        .withStorageClass("STANDARD_IA");
        try (MultipartOutput out = new MultipartOutput(store, "key", options, PART, 2)) {
            out.write(new byte[PART + 1]);
            out.complete();
        }

        ObjectInfo info = memory.head("key").orElseThrow();
        assertThat(info.metadata()).isEqualTo(Map.of("kind", "base"));
        assertThat(info.storageClass()).isEqualTo("STANDARD_IA");
    }

    @Test
    void leavesNothingWhenItWasNotCompleted() throws Exception {
        try (MultipartOutput out = output(2)) {
            out.write(new byte[2 * PART + 1]);
            assertThat(memory.pendingUploads("")).hasSize(1);
        }
        try (MultipartOutput out = output(2)) {
            out.write(5);
        }

        assertThat(memory.pendingUploads("")).isEmpty();
        assertThat(memory.head("key")).isEmpty();
    }

    @Test
    void failsWithTheFirstFailureOfAPart() throws Exception {
        ObjectStore failing =
                new FaultyStore(
                        memory,
                        new Faults(0, 0, 0, 0, 0, 0, 0, java.time.Duration.ZERO),
                        new Random(1),
                        _ -> {});
        try (MultipartOutput out =
                new MultipartOutput(failing, "key", PutOptions.plain(), PART, 2)) {
            out.write(new byte[PART + 1]);
            ((FaultyStore) failing).setFaults(Faults.darkness());

            assertThatThrownBy(() -> writeMany(out))
                    .isInstanceOfSatisfying(
                            StreamException.class,
                            broken ->
                                    assertThat(((StorageException) broken.recovery()).kind())
                                            .isEqualTo(Kind.UNREACHABLE));
            assertThatThrownBy(out::complete).isInstanceOf(StorageException.class);
        }

        assertThat(memory.head("key")).isEmpty();
        assertThat(memory.pendingUploads("")).isEmpty();
    }

    private static void writeMany(MultipartOutput out) throws IOException {
        for (int i = 0; i < 20; i++) {
            out.write(new byte[PART]);
        }
    }

    @Test
    void holdsNoMoreBuffersThanItSaid() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ObjectStore counting =
                new StoreDecorator(memory) {
                    @Override
                    public MultipartUpload begin(String key, PutOptions options)
                            throws RecoveryException {
                        return new CountingUpload(super.begin(key, options), now, most);
                    }
                };
        try (MultipartOutput out =
                new MultipartOutput(counting, "key", PutOptions.plain(), PART, 3)) {
            writeMany(out);
            out.complete();
        }

        assertThat(most.get()).isBetween(1, 3);
    }

    private record CountingUpload(MultipartUpload inner, AtomicInteger now, AtomicInteger most)
            implements MultipartUpload {
        @Override
        public String key() {
            return inner.key();
        }

        @Override
        public void part(int number, ByteSource bytes) throws RecoveryException {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            CancelToken.never().sleep(java.time.Duration.ofMillis(2));
            inner.part(number, bytes);
            now.decrementAndGet();
        }

        @Override
        public ObjectInfo complete() throws RecoveryException {
            return inner.complete();
        }

        @Override
        public void abort() throws RecoveryException {
            inner.abort();
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    @Test
    void refusesToWriteOnceItIsOver() throws Exception {
        MultipartOutput out = output(1);
        out.complete();
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
        assertThatThrownBy(out::complete).isInstanceOf(IllegalStateException.class);
        out.close();
        assertThat(memory.head("key")).isPresent();
    }

    @Test
    void keepsWhatIsThereWhenToldTo() throws Exception {
        memory.put("key", ByteSource.of(new byte[] {1}), PutOptions.plain());

        for (int size : new int[] {10, PART + 1}) {
            try (MultipartOutput out =
                    new MultipartOutput(store, "key", PutOptions.plain().onlyIfAbsent(), PART, 2)) {
                out.write(new byte[size]);
                assertThatThrownBy(out::complete)
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Kind.EXISTS));
            }
        }

        assertThat(read()).isEqualTo(new byte[] {1});
        assertThat(memory.pendingUploads("")).isEmpty();
    }

    private MultipartOutput output(int parallel) {
        return new MultipartOutput(store, "key", PutOptions.plain(), PART, parallel);
    }

    private byte[] read() throws Exception {
        try (ObjectStream body = memory.get("key", ByteRange.whole(), null)) {
            byte[] bytes = body.readAllBytes();
            return Arrays.copyOf(bytes, bytes.length);
        }
    }
}
