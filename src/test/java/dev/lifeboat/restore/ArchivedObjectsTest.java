package dev.lifeboat.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.catalog.TestBuckets;
import dev.lifeboat.journal.Event;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.storage.ObjectStore;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.storage.RegionPair;
import dev.lifeboat.storage.memory.MemoryStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

class ArchivedObjectsTest {
    @TempDir private Path folder;
    private final Hurrying clock = new Hurrying();
    private final TestBuckets buckets =
            new TestBuckets(
                    new MemoryStore("s3://primary", clock, Duration.ofHours(4)),
                    new MemoryStore("s3://dr", clock, Duration.ofHours(4)));
    private Manifest base;

    /** Each time it is asked it is a little later. */
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

    @BeforeEach
    void make() throws Exception {
        buckets.base("2026-04-06T03:00:00Z", "0/1000028", "0/1000100", "000000010000000000000001");
        Catalog catalog =
                TestBuckets.catalog(
                        buckets.regions(), folder.resolve("cache"), Optional.of(TestBuckets.RING));
        base = catalog.manifest(catalog.load(CancelToken.never()).entries().getFirst());
    }

    private void freeze(ObjectStore store, int frame) throws Exception {
        String key = base.objects().get(frame).key();
        store.changeClass(key, store.head(key).orElseThrow().etag(), "DEEP_ARCHIVE");
    }

    private ArchivedObjects archived(CancelToken cancel) {
        return new ArchivedObjects(buckets.regions(), Duration.ZERO, cancel);
    }

    private boolean isReadable(ObjectStore store, int frame) throws Exception {
        return store.head(base.objects().get(frame).key())
                .orElseThrow()
                .availability()
                .isReadable();
    }

    @Test
    void aPlanSaysWhatMustBeAskedBackAndChangesNothing() throws Exception {
        assertThat(archived(CancelToken.never()).note(base)).isEmpty();
        freeze(buckets.primary, 0);
        assertThat(archived(CancelToken.never()).note(base)).isEmpty();
        freeze(buckets.dr, 0);

        assertThat(archived(CancelToken.never()).note(base).orElseThrow())
                .contains("1 objects", "tier standard", "12 hours");
        clock.now = clock.now.plus(Duration.ofDays(1));
        assertThat(isReadable(buckets.primary, 0)).isFalse();
    }

    @Test
    void waitsUntilEveryFrameCanBeReadAndWritesDownWhatItAsked() throws Exception {
        for (int frame = 0; frame < 2; frame++) {
            freeze(buckets.primary, frame);
            freeze(buckets.dr, frame);
        }
        clock.step = Duration.ofMinutes(1);

        try (Journal journal = Journal.open(folder.resolve("journal"), clock)) {
            archived(CancelToken.never()).await(base, journal, Progress.unwatched());
        }

        assertThat(isReadable(buckets.primary, 0)).isTrue();
        assertThat(isReadable(buckets.primary, 1)).isTrue();
        assertThat(isReadable(buckets.dr, 1)).isFalse();
        assertThat(Journal.read(folder.resolve("journal")))
                .extracting(Event::name)
                .containsExactly("archive-asked", "archive-answered");
    }

    @Test
    void anInterruptedWaitIsGoneOnWithByAnotherProcess() throws Exception {
        freeze(buckets.primary, 1);
        var primaryAlone = new RegionPair(buckets.primary, null, RegionChoice.AUTO);
        CancelToken cancel = CancelToken.never();
        try (Journal journal = Journal.open(folder.resolve("journal"), clock)) {
            var first = new ArchivedObjects(primaryAlone, Duration.ofDays(1), cancel);
            Thread.ofVirtual().start(cancel::cancel);
            assertThatThrownBy(() -> first.await(base, journal, Progress.unwatched()))
                    .isInstanceOf(CancelledException.class);
        }
        clock.now = clock.now.plus(Duration.ofHours(5));

        try (Journal journal = Journal.open(folder.resolve("journal2"), clock)) {
            clock.step = Duration.ofMinutes(30);
            new ArchivedObjects(primaryAlone, Duration.ZERO, CancelToken.never())
                    .await(base, journal, Progress.unwatched());
        }

        assertThat(isReadable(buckets.primary, 1)).isTrue();
    }
}
