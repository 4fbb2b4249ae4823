package dev.lifeboat.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.kernel.CancelToken;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A full, a base and some WAL a day, cleaned up every day, for more than a year. */
class FourHundredDaysTest {
    private static final int DAYS = 400;

    @TempDir private Path cache;

    @Test
    void everyPromisedMomentStaysRecoverableAndAppendixAHolds() throws Exception {
        var world = new RetentionWorld(cache);
        Instant begin = world.now;
        for (int day = 0; day < DAYS; day++) {
            world.full();
            world.pass(Duration.ofMinutes(30));
            world.base();
            world.wal(3);
            world.pass(Duration.ofMinutes(90));
            world.clean();
            requirePromise(world, begin);
            if (day < DAYS - 1) {
                world.pass(Duration.ofHours(22));
            }
        }
        requireGenerations(world);
    }

    private static void requirePromise(RetentionWorld world, Instant begin) throws Exception {
        RecoveryTimeline timeline = world.timeline();
        Instant promised = world.now.minus(Duration.ofDays(7));
        Instant first = begin.plus(Duration.ofMinutes(31));
        assertThat(timeline.live()).as("one window without a hole at " + world.now).hasSize(1);
        RecoveryTimeline.TimedWindow window = timeline.live().getFirst();
        assertThat(window.from()).isBeforeOrEqualTo(promised.isBefore(first) ? first : promised);
        assertThat(window.window().to())
                .isEqualTo(RetentionWorld.segment(world.nextSegment - 1).end());
    }

    private static void requireGenerations(RetentionWorld world) throws Exception {
        CatalogListing listing = world.catalog.load(CancelToken.never());
        List<Instant> fulls =
                listing.ofKind(BackupKind.FULL).stream()
                        .map(CatalogEntry::facts)
                        .map(CatalogEntry.Facts::startedAt)
                        .toList();
        Generations kept = Generations.of(listing.entries(), world.rules, world.now);
        assertThat(fulls).hasSizeBetween(30 + 8 + 9, 30 + 12 + 14);
        assertThat(of(Generation.DAILY, kept, listing)).isEqualTo(30);
        assertThat(of(Generation.WEEKLY, kept, listing)).isEqualTo(12);
        assertThat(of(Generation.MONTHLY, kept, listing)).isEqualTo(12);
        assertThat(of(Generation.YEARLY, kept, listing)).isEqualTo(2);
        assertThat(listing.ofKind(BackupKind.BASE)).hasSizeBetween(8, 10);
        assertThat(world.has(RetentionWorld.segment(1).name())).isFalse();
    }

    private static long of(Generation generation, Generations kept, CatalogListing listing) {
        return listing.ofKind(BackupKind.FULL).stream()
                .filter(entry -> kept.of(entry).contains(generation))
                .count();
    }
}
