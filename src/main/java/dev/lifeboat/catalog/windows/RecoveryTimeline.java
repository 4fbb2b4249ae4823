package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineTree;
import dev.lifeboat.wal.index.IndexedCommit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * To when one can go back, with times beside the positions.
 *
 * @param windows ordered by timeline and position
 * @param gaps ordered by timeline and segment
 * @param latestRecoverable the last commit that can be recovered, read from WAL; the end of the
 *     newest base when nothing was committed since; empty when it could not be found out
 * @param dataLoss how much would be lost now, at least: up to {@code latestRecoverable}, or else up
 *     to when the last segment was stored; empty when nothing can be recovered
 * @param unreachable the regions of the WAL that could not be listed
 * @param blanks the times that cannot be reached on the way to the newest timeline, in order; with
 *     the live windows they fill all of time
 * @param notes what else an operator should know, full sentences
 */
public record RecoveryTimeline(
        List<TimedWindow> windows,
        List<Gap> gaps,
        TimelineTree timelines,
        Optional<Instant> latestRecoverable,
        Optional<Duration> dataLoss,
        Map<Region.Role, Problem> unreachable,
        List<Blank> blanks,
        List<String> notes) {
    public RecoveryTimeline {
        blanks = List.copyOf(blanks);
        windows = List.copyOf(windows);
        gaps = List.copyOf(gaps);
        unreachable = Map.copyOf(unreachable);
        notes = List.copyOf(notes);
    }

    /** A timeline of which nothing is said why not. */
    public RecoveryTimeline(
            List<TimedWindow> windows,
            List<Gap> gaps,
            TimelineTree timelines,
            Optional<Instant> latestRecoverable,
            Optional<Duration> dataLoss,
            Map<Region.Role, Problem> unreachable,
            List<String> notes) {
        this(windows, gaps, timelines, latestRecoverable, dataLoss, unreachable, List.of(), notes);
    }

    /**
     * A window with its times.
     *
     * @param from the earliest time that can be a target
     * @param to the latest one; empty when no region told it
     * @param exact whether both come from the server itself; else {@code to} is when the last
     *     segment was stored, by the store's clock, and the last commit lies before it
     * @param firstCommit the first transaction that committed inside; empty when there is none, or
     *     when it is not exact
     * @param lastCommit the last one
     */
    public record TimedWindow(
            Window window,
            Instant from,
            Optional<Instant> to,
            boolean exact,
            Optional<IndexedCommit> firstCommit,
            Optional<IndexedCommit> lastCommit) {
        /** A window of which no commit is known. */
        public TimedWindow(Window window, Instant from, Optional<Instant> to, boolean exact) {
            this(window, from, to, exact, Optional.empty(), Optional.empty());
        }

        /**
         * Whether its end was read from the log: it is the last commit, or the end of the base when
         * nothing was committed since.
         */
        public boolean isRead() {
            return exact || lastCommit.isPresent();
        }

        /** Whether the moment lies inside, its ends included. */
        public boolean holds(Instant time) {
            return !time.isBefore(from) && to.filter(end -> !time.isAfter(end)).isPresent();
        }
    }

    /**
     * Why a moment cannot be reached on the way to the newest timeline; empty when it can. Where
     * only a branch that was left behind holds what was committed then, that is the reason.
     */
    public Optional<Blank> whyNot(Instant time) {
        return live().stream().anyMatch(window -> window.holds(time))
                ? Optional.empty()
                : blanks.stream().filter(blank -> blank.holds(time)).findFirst();
    }

    /** The windows on the way to the newest timeline. */
    public List<TimedWindow> live() {
        return windows.stream().filter(timed -> !timed.window().abandoned()).toList();
    }
}
