package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.StreamException;
import dev.lifeboat.storage.StorageException.Kind;
import dev.lifeboat.storage.memory.MemoryStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class RetryingStoreTest {
    private static final byte[] BODY = new byte[3_000_000];
    private final MemoryStore memory = new MemoryStore("memory", Clock.systemUTC());
    private final Deque<StorageException> failures = new ArrayDeque<>();
    private final List<Duration> waits = new ArrayList<>();
    private final List<ByteRange> ranges = new ArrayList<>();
    private Instant now = Instant.parse("2026-04-07T14:30:00Z");
    private RetryPolicy policy =
            new RetryPolicy(
                    5, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1));

    @BeforeEach
    void fill() throws RecoveryException {
        new Random(1).nextBytes(BODY);
        memory.put("key", ByteSource.of(BODY), PutOptions.plain());
    }

    private RetryingStore retrying(ObjectStore inner) {
        InstantSource clock = () -> now;
        return new RetryingStore(
                inner,
                policy,
                clock,
                wait -> {
                    waits.add(wait);
                    now = now.plus(wait);
                },
                new Random(1),
                (_, _) -> {});
    }

    /** Fails head and get with what is queued. */
    private class Failing extends StoreDecorator {
        Failing() {
            super(memory);
        }

        @Override
        public Optional<ObjectInfo> head(String key) throws RecoveryException {
            fail();
            return super.head(key);
        }

        @Override
        public ObjectStream get(String key, ByteRange range, String etag) throws RecoveryException {
            ranges.add(range);
            fail();
            return super.get(key, range, etag);
        }

        private void fail() throws StorageException {
            StorageException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
        }
    }

    private static StorageException failure(Kind kind) {
        return new StorageException(kind, "It failed.", "A test wants it.", "Nothing to do.");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void triesAgainWhatMayPassAndNothingElse(Kind kind) throws Exception {
        failures.add(failure(kind));
        RetryingStore store = retrying(new Failing());

        if (failure(kind).isTransient()) {
            assertThat(store.head("key")).isPresent();
            assertThat(waits).hasSize(1);
        } else {
            assertThatThrownBy(() -> store.head("key")).hasMessage(failure(kind).getMessage());
            assertThat(waits).isEmpty();
        }
        assertThat(List.of(Kind.THROTTLED, Kind.UNREACHABLE, Kind.TRUNCATED))
                .as("the kinds that may pass")
                .matches(passing -> passing.contains(kind) == failure(kind).isTransient());
    }

    @Test
    void countsTheTriesIntoOneMessage() {
        for (int i = 0; i < 10; i++) {
            failures.add(failure(Kind.THROTTLED));
        }

        assertThatThrownBy(() -> retrying(new Failing()).head("key"))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        last -> {
                            assertThat(last.kind()).isEqualTo(Kind.THROTTLED);
                            assertThat(last.problem().why())
                                    .isEqualTo("A test wants it. It was tried 5 times in 0 s.");
                        });
        assertThat(waits).hasSize(4);
    }

    @Test
    void waitsLongerEachTimeUpToTheCap() throws Exception {
        policy =
                new RetryPolicy(
                        1000, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofDays(1));
        for (int i = 0; i < 500; i++) {
            failures.add(failure(Kind.UNREACHABLE));
        }

        retrying(new Failing()).head("key");

        assertThat(waits.get(0)).isLessThanOrEqualTo(Duration.ofMillis(100));
        assertThat(waits.get(1)).isLessThanOrEqualTo(Duration.ofMillis(200));
        assertThat(waits.get(2)).isLessThanOrEqualTo(Duration.ofMillis(400));
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) <= 0);
        assertThat(waits.subList(10, 500)).anyMatch(wait -> wait.toMillis() < 100);
        assertThat(waits.subList(10, 500)).anyMatch(wait -> wait.toMillis() > 900);
    }

    @Test
    void beginsNoTryBehindItsLimit() {
        policy =
                new RetryPolicy(
                        1000, Duration.ofSeconds(8), Duration.ofSeconds(8), Duration.ofSeconds(20));
        for (int i = 0; i < 1000; i++) {
            failures.add(failure(Kind.UNREACHABLE));
        }

        assertThatThrownBy(() -> retrying(new Failing()).head("key"))
                .hasMessageContaining("It was tried");
        assertThat(now)
                .isBetween(
                        Instant.parse("2026-04-07T14:30:20Z"),
                        Instant.parse("2026-04-07T14:30:28Z"));
    }

    @Test
    void givesUpAtOnceWhenTheJobIsStopped() {
        failures.add(failure(Kind.UNREACHABLE));
        CancelToken cancel = new CancelToken();
        cancel.cancel();
        RetryingStore store =
                new RetryingStore(
                        new Failing(),
                        RetryPolicy.patient(),
                        Clock.systemUTC(),
                        cancel::sleep,
                        new Random(1),
                        (_, _) -> {});

        assertThatThrownBy(() -> store.head("key")).isInstanceOf(CancelledException.class);
    }

    /** Breaks every body after so many bytes. */
    private final class Breaking extends StoreDecorator {
        private final long after;

        Breaking(long after) {
            super(memory);
            this.after = after;
        }

        @Override
        public ObjectStream get(String key, ByteRange range, String etag) throws RecoveryException {
            ranges.add(range);
            ObjectStream body = super.get(key, range, etag);
            return body.lengthBytes() <= after
                    ? body
                    : DamagedStream.truncated(name(), body, after);
        }
    }

    @Test
    void goesOnAtTheByteItReached() throws Exception {
        try (ObjectStream body =
                retrying(new Breaking(1_100_000)).get("key", ByteRange.from(10), null)) {
            assertThat(body.readAllBytes())
                    .isEqualTo(java.util.Arrays.copyOfRange(BODY, 10, BODY.length));
        }

        assertThat(ranges)
                .containsExactly(
                        ByteRange.from(10),
                        ByteRange.of(1_100_010, BODY.length - 1_100_010),
                        ByteRange.of(2_200_010, BODY.length - 2_200_010));
    }

    @Test
    void goesOnWithTheLastBytes() throws Exception {
        try (ObjectStream body =
                retrying(new Breaking(1_100_000)).get("key", ByteRange.last(2_000_000), null)) {
            assertThat(body.readAllBytes())
                    .isEqualTo(java.util.Arrays.copyOfRange(BODY, 1_000_000, BODY.length));
        }
    }

    @Test
    void refusesToContinueWhenTheObjectWasReplaced() throws Exception {
        try (ObjectStream body = retrying(new Breaking(1000)).get("key", ByteRange.whole(), null)) {
            body.readNBytes(500);
            memory.put("key", ByteSource.of(new byte[BODY.length]), PutOptions.plain());

            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOfSatisfying(
                            StreamException.class,
                            broken ->
                                    assertThat(((StorageException) broken.recovery()).kind())
                                            .isEqualTo(Kind.CHANGED));
        }
    }

    @Test
    void endsAReadThatMakesNoProgress() throws Exception {
        try (ObjectStream body = retrying(new Breaking(10)).get("key", ByteRange.whole(), null)) {
            assertThatThrownBy(body::readAllBytes).isInstanceOf(StreamException.class);
        }
        assertThat(ranges).hasSize(policy.attempts());
    }

    @Test
    void doesNotReadOnAfterItWasClosed() throws Exception {
        ObjectStream body = retrying(new Breaking(10)).get("key", ByteRange.whole(), null);
        body.close();

        assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        assertThat(ranges).hasSize(1);
    }

    @Test
    void listsOnBehindTheLastKeyItShowed() throws Exception {
        for (int i = 0; i < 100; i++) {
            memory.put("list/%03d".formatted(i), ByteSource.of(new byte[0]), PutOptions.plain());
        }
        Faults breaking = new Faults(0, 0, 0, 1, 0, 0, 0, Duration.ZERO);
        List<String> seen = new ArrayList<>();

        retrying(new FaultyStore(memory, breaking, new Random(1), _ -> {}))
                .list("list/", "", object -> seen.add(object.key()), CancelToken.never());

        assertThat(seen).hasSize(100).isSorted().doesNotHaveDuplicates();
    }

    /** Carries out the first write and loses its answer. */
    private final class LosingAnswers extends StoreDecorator {
        private boolean lost;

        LosingAnswers() {
            super(memory);
        }

        @Override
        public ObjectInfo put(String key, ByteSource body, PutOptions options)
                throws RecoveryException {
            return lose(super.put(key, body, options));
        }

        @Override
        public MultipartUpload begin(String key, PutOptions options) throws RecoveryException {
            MultipartUpload upload = super.begin(key, options);
            return new MultipartUpload() {
                @Override
                public String key() {
                    return upload.key();
                }

                @Override
                public void part(int number, ByteSource bytes) throws RecoveryException {
                    upload.part(number, bytes);
                }

                @Override
                public ObjectInfo complete() throws RecoveryException {
                    return lose(upload.complete());
                }

                @Override
                public void abort() throws RecoveryException {
                    upload.abort();
                }

                @Override
                public void close() {
                    upload.close();
                }
            };
        }

        private ObjectInfo lose(ObjectInfo done) throws StorageException {
            if (!lost) {
                lost = true;
                throw failure(Kind.UNREACHABLE);
            }
            return done;
        }
    }

    @Test
    void recognisesItsOwnConditionalPutAfterALostAnswer() throws Exception {
        ObjectInfo info =
                retrying(new LosingAnswers())
                        .put(
                                "new",
                                ByteSource.of(BODY),
                                PutOptions.plain().withMetadata(Map.of("a", "b")).onlyIfAbsent());

        assertThat(info.sizeBytes()).isEqualTo(BODY.length);
        assertThat(info.metadata()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void doesNotTakeAnothersObjectForItsOwnAfterALostAnswer() {
        byte[] other = BODY.clone();
        other[BODY.length - 1]++;
        Failing first =
                new Failing() {
                    private boolean lost;

                    @Override
                    public ObjectInfo put(String key, ByteSource body, PutOptions options)
                            throws RecoveryException {
                        if (!lost) {
                            lost = true;
                            memory.put(key, ByteSource.of(other), PutOptions.plain());
                            throw failure(Kind.UNREACHABLE);
                        }
                        return super.put(key, body, options);
                    }
                };

        assertThatThrownBy(
                        () ->
                                retrying(first)
                                        .put(
                                                "new",
                                                ByteSource.of(BODY),
                                                PutOptions.plain().onlyIfAbsent()))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.EXISTS));
    }

    @Test
    void saysExistsWithoutComparingWhenNothingWasLost() {
        assertThatThrownBy(
                        () ->
                                retrying(memory)
                                        .put(
                                                "key",
                                                ByteSource.of(BODY),
                                                PutOptions.plain().onlyIfAbsent()))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.EXISTS));
    }

    @Test
    void recognisesItsOwnUploadAfterALostAnswer() throws Exception {
        for (PutOptions options : List.of(PutOptions.plain(), PutOptions.plain().onlyIfAbsent())) {
            memory.delete("new");
            try (MultipartUpload upload = retrying(new LosingAnswers()).begin("new", options)) {
                upload.part(1, ByteSource.of(BODY));
                assertThat(upload.complete().sizeBytes()).isEqualTo(BODY.length);
            }
        }
    }

    @Test
    void doesNotTakeAnothersUploadForItsOwn() throws Exception {
        try (MultipartUpload upload = retrying(memory).begin("key", PutOptions.plain())) {
            upload.part(1, ByteSource.of(BODY));
            memory.abort(memory.pendingUploads("key").getFirst());

            assertThatThrownBy(upload::complete)
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.UPLOAD_GONE));
        }
    }
}
