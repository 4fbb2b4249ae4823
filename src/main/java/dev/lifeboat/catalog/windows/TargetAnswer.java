package dev.lifeboat.catalog.windows;

import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.index.IndexedCommit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What recovery to a target would bring, told from the index before anything is read. */
public sealed interface TargetAnswer {
    /**
     * The target can be reached.
     *
     * @param base the id of the base that replay starts from
     * @param timelines the path, oldest first
     * @param work how much is to be fetched and replayed
     * @param lastIncluded the last transaction that will be there; empty when none committed
     *     between the base's first segment and the target
     * @param lastOfPath the last transaction the archive holds on this path
     * @param lost how many transactions of the path committed behind the target
     * @param exact whether {@code lastIncluded} and {@code lost} are certain: else the target lies
     *     within a second in which several transactions ended, or some segments are not in the
     *     index, and {@code lastIncluded} is the last one known to be included
     * @param unread how many segments of the path are not in the index
     */
    record Reachable(
            String base,
            List<TimelineId> timelines,
            Work work,
            Optional<IndexedCommit> lastIncluded,
            Optional<IndexedCommit> lastOfPath,
            Count lost,
            boolean exact,
            long unread)
            implements TargetAnswer {
        public Reachable {
            timelines = List.copyOf(timelines);
        }

        /** How much time lies between the last transaction included and the last one of all. */
        public Optional<Duration> lostTime() {
            return lastOfPath.flatMap(
                    last -> lastIncluded.map(included -> between(included.time(), last.time())));
        }

        private static Duration between(Instant from, Instant to) {
            return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
        }
    }

    /**
     * How much a restore has to do.
     *
     * @param baseStoredBytes what the base takes in the archive
     * @param basePlainBytes what it takes on disk; 0 when its manifest does not say
     * @param segments that replay asks for
     * @param walPlainBytes of all of them
     * @param walStoredBytes of those that the index knows
     */
    record Work(
            long baseStoredBytes,
            long basePlainBytes,
            long segments,
            long walPlainBytes,
            long walStoredBytes) {}

    /** A number that is known within bounds; both the same when it is exact. */
    record Count(long least, long most) {
        public boolean isExact() {
            return least == most;
        }
    }

    /**
     * The target cannot be reached.
     *
     * @param because a full sentence for people
     * @param before the last moment before the target that can be reached
     * @param after the first moment behind it that can be reached
     */
    record Unreachable(
            WhyNot why, String because, Optional<Instant> before, Optional<Instant> after)
            implements TargetAnswer {}
}
