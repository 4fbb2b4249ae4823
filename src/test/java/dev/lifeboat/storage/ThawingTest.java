package dev.lifeboat.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.storage.memory.MemoryStore;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

class ThawingTest {
    private final Hurrying clock = new Hurrying();
    private final MemoryStore primary = new MemoryStore("s3://primary", clock, Duration.ofHours(4));
    private final MemoryStore dr = new MemoryStore("s3://dr", clock, Duration.ofHours(4));
    private final Thawing thawing = new Thawing(new RegionPair(primary, dr, RegionChoice.AUTO));

    /** Each time it is asked it is minutes later, when it hurries. */
    private static final class Hurrying extends Clock {
        private Instant now = Instant.parse("2026-04-07T12:00:00Z");
        private Duration step = Duration.ZERO;

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
            now = now.plus(step);
            return now;
        }
    }

    private static void put(ObjectStore store, String key, String storageClass) throws Exception {
        store.put(
                key,
                ByteSource.of(new byte[10]),
                PutOptions.plain().withStorageClass(storageClass));
    }

    private Thawing.Need look(String... keys) throws Exception {
        return thawing.look(List.of(keys), ThawTier.STANDARD, CancelToken.never());
    }

    @Test
    void nothingIsAskedForWhileSomeRegionGivesTheObject() throws Exception {
        put(primary, "a", "GLACIER");
        put(dr, "a", "STANDARD");

        assertThat(look("a").objects()).isEmpty();
    }

    @Test
    void theColdestObjectSaysHowLongItTakes() throws Exception {
        put(primary, "a", "GLACIER");
        put(primary, "b", "DEEP_ARCHIVE");

        Thawing.Need need = look("a", "b");

        assertThat(need.objects()).hasSize(2);
        assertThat(need.bytes()).isEqualTo(20);
        assertThat(need.expected()).isEqualTo(Duration.ofHours(12));
        assertThat(need.sentence()).contains("2 objects", "12 hours", "tier standard");
    }

    @Test
    void waitsUntilWhatWasAskedForIsThere() throws Exception {
        put(primary, "a", "GLACIER");
        Thawing.Need need = look("a");
        thawing.ask(need, CancelToken.never());
        assertThat(look("a").objects().getFirst().asked()).isTrue();
        clock.step = Duration.ofMinutes(30);

        thawing.await(need, Duration.ZERO, CancelToken.never(), Progress.unwatched());

        assertThat(look("a").objects()).isEmpty();
    }

    @Test
    void anotherRunWaitsForWhatTheFirstOneAsked() throws Exception {
        put(dr, "a", "GLACIER");
        thawing.ask(look("a"), CancelToken.never());
        clock.now = clock.now.plus(Duration.ofHours(5));

        assertThat(
                        new Thawing(new RegionPair(primary, dr, RegionChoice.AUTO))
                                .look(List.of("a"), ThawTier.STANDARD, CancelToken.never())
                                .objects())
                .isEmpty();
    }

    @Test
    void theWaitEndsWhenTheStopIsAskedFor() throws Exception {
        put(primary, "a", "GLACIER");
        CancelToken cancel = CancelToken.never();
        Thawing.Need need = look("a");
        cancel.cancel();

        assertThatThrownBy(
                        () -> thawing.await(need, Duration.ofDays(1), cancel, Progress.unwatched()))
                .isInstanceOf(CancelledException.class);
    }
}
