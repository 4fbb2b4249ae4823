package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.StoreMeter.Operation;
import dev.lifeboat.storage.memory.MemoryStore;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class ParallelListingPropertyTest {
    @Property(tries = 300)
    void showsExactlyWhatAPlainListingShows(
            @ForAll("keys") Set<String> keys,
            @ForAll("prefixes") String prefix,
            @ForAll @IntRange(min = 1, max = 8) int listings,
            @ForAll @IntRange(min = 1, max = 20) int splitAfter)
            throws RecoveryException {
        MemoryStore store = filled(keys);
        List<String> plain = new ArrayList<>();
        store.list(prefix, "", object -> plain.add(object.key()), CancelToken.never());

        List<String> parallel = new ArrayList<>();
        new ParallelListing(store, listings, splitAfter)
                .list(prefix, object -> parallel.add(object.key()), CancelToken.never());

        assertThat(parallel).containsExactlyInAnyOrderElementsOf(plain);
        assertThat(
                        new ParallelListing(store, listings, splitAfter)
                                .all(prefix, CancelToken.never()))
                .extracting(ObjectInfo::key)
                .containsExactlyElementsOf(plain);
    }

    @Provide
    Arbitrary<Set<String>> keys() {
        Arbitrary<String> wal =
                Arbitraries.integers()
                        .between(0, 2000)
                        .map(i -> String.format(Locale.ROOT, "wal/00000001%016X.zst.enc", i));
        Arbitrary<String> backups =
                Arbitraries.integers()
                        .between(1, 28)
                        .map(day -> String.format(Locale.ROOT, "backups/full/202604%02d/x", day));
        Arbitrary<String> odd =
                Arbitraries.strings()
                        .withChars("/-.~ !0az\u00e9\uFFFD")
                        .withCharRange('\uD83D', '\uD83D')
                        .withCharRange('\uDE00', '\uDE03')
                        .ofMinLength(1)
                        .ofMaxLength(5)
                        .map(ParallelListingPropertyTest::valid);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(6, wal),
                        net.jqwik.api.Tuple.of(2, backups),
                        net.jqwik.api.Tuple.of(3, odd))
                .set()
                .ofMinSize(0)
                .ofMaxSize(300);
    }

    @Provide
    Arbitrary<String> prefixes() {
        return Arbitraries.of(
                "", "wal/", "wal/00000001", "backups/", "a", "/", "\uD83D\uDE00", "x");
    }

    private static String valid(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /**
     * The first listing goes on only once another has begun: how fast threads are decides nothing.
     */
    @Example
    void sharesTheWork() throws RecoveryException {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            keys.add(String.format(Locale.ROOT, "wal/0000000100000%011X", i));
        }
        StoreMeter meter = new StoreMeter();
        ObjectStore store = new WaitsForAnother(new MeteredStore(filled(keys), meter));

        List<ObjectInfo> all = new ParallelListing(store, 8, 100).all("wal/", CancelToken.never());

        assertThat(all).hasSize(20_000);
        assertThat(meter.snapshot().of(Operation.LIST).calls()).isGreaterThan(1);
    }

    private static final class WaitsForAnother extends StoreDecorator {
        private final CountDownLatch begun = new CountDownLatch(2);
        private final AtomicInteger shown = new AtomicInteger();

        WaitsForAnother(ObjectStore inner) {
            super(inner);
        }

        @Override
        public void list(
                String prefix, String startAfter, ObjectVisitor visitor, CancelToken cancel)
                throws RecoveryException {
            begun.countDown();
            super.list(
                    prefix,
                    startAfter,
                    object -> {
                        if (shown.incrementAndGet() == 200) {
                            awaitAnother();
                        }
                        return visitor.visit(object);
                    },
                    cancel);
        }

        private void awaitAnother() {
            try {
                assertThat(begun.await(30, TimeUnit.SECONDS)).as("a second listing began").isTrue();
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }
    }

    @Example
    void stopsWhenTheVisitorHasEnough() throws RecoveryException {
        List<String> shown = new ArrayList<>();

        new ParallelListing(filled(numbered(1000)), 4, 10)
                .list(
                        "",
                        object -> {
                            shown.add(object.key());
                            return shown.size() < 50;
                        },
                        CancelToken.never());

        assertThat(shown).hasSize(50);
    }

    @Example
    void throwsWhatTheVisitorThrows() {
        var mine = StorageException.absent("here", "x");

        assertThatThrownBy(
                        () ->
                                new ParallelListing(filled(numbered(1000)), 4, 10)
                                        .list(
                                                "",
                                                _ -> {
                                                    throw mine;
                                                },
                                                CancelToken.never()))
                .isSameAs(mine);
    }

    @Example
    void throwsWhatAStoreThrows() throws RecoveryException {
        ObjectStore dark =
                new FaultyStore(
                        filled(numbered(10)), Faults.darkness(), new java.util.Random(1), _ -> {});

        assertThatThrownBy(() -> new ParallelListing(dark, 4).all("", CancelToken.never()))
                .isInstanceOf(StorageException.class);
    }

    @Example
    void stopsWhenCancelled() throws RecoveryException {
        CancelToken cancel = new CancelToken();
        List<String> shown = Collections.synchronizedList(new ArrayList<>());

        assertThatThrownBy(
                        () ->
                                new ParallelListing(filled(numbered(1000)), 4, 10)
                                        .list(
                                                "",
                                                object -> {
                                                    shown.add(object.key());
                                                    if (shown.size() == 20) {
                                                        cancel.cancel();
                                                    }
                                                    return true;
                                                },
                                                cancel))
                .isInstanceOf(CancelledException.class);

        assertThat(shown).hasSizeLessThan(1000);
    }

    private static List<String> numbered(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(String.format(Locale.ROOT, "%06d", i));
        }
        return keys;
    }

    private static MemoryStore filled(Iterable<String> keys) throws RecoveryException {
        MemoryStore store = new MemoryStore("memory", Clock.systemUTC());
        for (String key : keys) {
            store.put(key, ByteSource.of(new byte[1]), PutOptions.plain());
        }
        return store;
    }
}
