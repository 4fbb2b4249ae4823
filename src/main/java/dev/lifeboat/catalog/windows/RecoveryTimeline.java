package dev.lifeboat.catalog.windows;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;
import dev.lifeboat.wal.TimelineTree;

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
 * @param notes what else an operator should know, full sentences
 */
public record RecoveryTimeline(
        List<TimedWindow> windows,
        List<Gap> gaps,
        TimelineTree timelines,
        Optional<Instant> latestRecoverable,
        Optional<Duration> dataLoss,
        Map<Region.Role, Problem> unreachable,
        List<String> notes) {
    public RecoveryTimeline {
        windows = List.copyOf(windows);
        gaps = List.copyOf(gaps);
        unreachable = Map.copyOf(unreachable);
        notes = List.copyOf(notes);
    }

    /**
     * A window with its times.
     *
     * @param from the earliest time that can be a target
     * @param to the latest one; empty when no region told it
     * @param exact whether both come from the server itself; else {@code to} is when the last
     *     segment was stored, by the store's clock, and the last commit lies before it
     */
    public record TimedWindow(Window window, Instant from, Optional<Instant> to, boolean exact) {}

    /** The windows on the way to the newest timeline. */
    public List<TimedWindow> live() {
        return windows.stream().filter(timed -> !timed.window().abandoned()).toList();
    }
}
