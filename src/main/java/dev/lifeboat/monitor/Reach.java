package dev.lifeboat.monitor;

import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.catalog.windows.RecoveryTimeline.TimedWindow;
import dev.lifeboat.kernel.Lsn;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far back and forth one can go from one timeline.
 *
 * @param from the earliest moment from which there is no break up to {@code latest}
 * @param latest the last recoverable commit, or else when the last segment was stored
 * @param exact whether it is a commit
 * @param end the position behind the last segment
 * @param loss what would be lost now
 */
record Reach(Instant from, Instant latest, boolean exact, Lsn end, Duration loss) {
    /**
     * Works it out; empty when nothing can be recovered to, or no time is known of it.
     *
     * <p>After a quiet night the last commit is old and yet nothing is lost. The database tells
     * that: when all segments before the one it writes are in the archive, what is not yet there is
     * no older than archive_timeout. Source: PostgreSQL documentation, 20.5.3 "archive_timeout".
     *
     * @param database of the same cluster
     */
    static Optional<Reach> of(
            RecoveryTimeline timeline, Optional<DatabaseFacts> database, Instant at) {
        List<TimedWindow> live = timeline.live();
        Optional<TimedWindow> newest =
                live.stream().max(Comparator.comparing((TimedWindow timed) -> timed.window().to()));
        if (newest.isEmpty() || newest.get().to().isEmpty()) {
            return Optional.empty();
        }
        Instant latest = newest.get().to().get();
        Duration loss = notNegative(Duration.between(latest, at));
        Lsn end = newest.get().window().to();
        Optional<Duration> bound =
                database.filter(facts -> writesOn(facts, newest.get()))
                        .flatMap(facts -> unarchived(facts, end, at));
        return Optional.of(
                new Reach(
                        beginning(live, newest.get()),
                        latest,
                        timeline.latestRecoverable().isPresent(),
                        end,
                        bound.filter(most -> most.compareTo(loss) < 0).orElse(loss)));
    }

    /** Windows that follow each other across a fork are one for whoever looks back. */
    private static Instant beginning(List<TimedWindow> live, TimedWindow newest) {
        Instant from = newest.from();
        Lsn begin = newest.window().from();
        for (TimedWindow earlier : live.reversed()) {
            boolean before = earlier.window().timeline().compareTo(newest.window().timeline()) < 0;
            if (before
                    && earlier.window().to().compareTo(begin) >= 0
                    && earlier.from().isBefore(from)) {
                from = earlier.from();
                begin = earlier.window().from();
            }
        }
        return from;
    }

    private static boolean writesOn(DatabaseFacts database, TimedWindow newest) {
        return database.timeline().filter(newest.window().timeline()::equals).isPresent();
    }

    private static Optional<Duration> unarchived(DatabaseFacts database, Lsn end, Instant at) {
        long timeout = database.archiver().archiveTimeoutSeconds();
        if (database.writtenTo().isEmpty() || !database.archiver().isOn() || timeout == 0) {
            return Optional.empty();
        }
        long bytes = database.segmentBytes();
        long current = Long.divideUnsigned(database.writtenTo().get().value(), bytes);
        boolean allBefore = Long.divideUnsigned(end.value(), bytes) >= current;
        return allBefore
                ? Optional.of(
                        Duration.ofSeconds(timeout)
                                .plus(notNegative(Duration.between(database.askedAt(), at))))
                : Optional.empty();
    }

    /** How far this is behind another; zero when it holds the same segments. */
    Duration behind(Reach other) {
        return end.compareTo(other.end) >= 0
                ? Duration.ZERO
                : notNegative(Duration.between(latest, other.latest));
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
