package dev.lifeboat.cli;

import dev.lifeboat.kernel.Progress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Makes rate and time left of samples of a {@link Progress}. The range of the time left comes from
 * the rates over the last three seconds, over the last minute and from the beginning: work that
 * runs evenly has a narrow one. Not thread-safe.
 */
public final class ProgressMeter {
    private static final long SECOND = 1_000_000_000L;
    private static final long SHORT = 3 * SECOND;
    private static final long LONG = 60 * SECOND;

    private record Sample(long nanos, long done) {}

    /**
     * How the work stood when it was sampled.
     *
     * @param total 0 while it is not known
     * @param perSecond the rate over the last seconds, in units a second
     * @param perSecondOverall the rate from the beginning
     * @param secondsLeft from the shortest to the longest; empty while it cannot be told
     */
    public record Reading(
            long done,
            long total,
            double perSecond,
            double perSecondOverall,
            double elapsedSeconds,
            Optional<Range> secondsLeft,
            long retries,
            String waitingFor) {}

    /** Whole seconds. */
    public record Range(long low, long high) {}

    private final Progress progress;
    private final Deque<Sample> recent = new ArrayDeque<>();
    private final Sample first;

    /**
     * @param nanos {@link System#nanoTime()} at the start
     */
    public ProgressMeter(Progress progress, long nanos) {
        this.progress = progress;
        this.first = new Sample(nanos, progress.done());
        recent.add(first);
    }

    /** Samples the progress. */
    public Reading read(long nanos) {
        var now = new Sample(nanos, progress.done());
        recent.add(now);
        while (recent.size() > 2 && nanos - recent.getFirst().nanos > LONG) {
            recent.removeFirst();
        }
        double shortRate = rate(since(nanos - SHORT), now);
        return new Reading(
                now.done,
                progress.total(),
                shortRate,
                rate(first, now),
                (double) (nanos - first.nanos) / SECOND,
                secondsLeft(now, shortRate),
                progress.retries(),
                progress.waitingFor());
    }

    private Optional<Range> secondsLeft(Sample now, double shortRate) {
        long left = progress.total() - now.done;
        double minute = rate(recent.getFirst(), now);
        double whole = rate(first, now);
        double fastest = Math.max(shortRate, Math.max(minute, whole));
        double slowest = Math.min(shortRate, Math.min(minute, whole));
        if (progress.total() <= 0 || now.nanos - first.nanos < SECOND || slowest <= 0) {
            return Optional.empty();
        }
        long least = Math.max(0, left);
        return Optional.of(new Range((long) (least / fastest), (long) Math.ceil(least / slowest)));
    }

    /** The youngest sample that is at least that old, or the oldest there is. */
    private Sample since(long nanos) {
        Sample found = recent.getFirst();
        for (Sample sample : recent) {
            if (sample.nanos - nanos > 0) {
                break;
            }
            found = sample;
        }
        return found;
    }

    private static double rate(Sample from, Sample to) {
        long nanos = to.nanos - from.nanos;
        return nanos <= 0 ? 0 : (double) (to.done - from.done) * SECOND / nanos;
    }
}
