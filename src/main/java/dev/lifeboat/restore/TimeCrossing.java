package dev.lifeboat.restore;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks for the first transaction on a way that ended too late for a time target. Clocks go back,
 * so every segment before it must be known: by the index, or by reading it. Where too many are
 * unknown it halves and says so by {@link #unproven()}. For one thread.
 */
final class TimeCrossing {
    /** So many unknown segments are read: few enough for somebody who waits for a plan. */
    static final int SEGMENTS_READ = 32;

    /** Two that commit at once may stand in the log in another order than their times. */
    private static final int SEGMENTS_LOOKED_BACK = 8;

    private final WalTrail trail;
    private final Lsn start;
    private final long first;
    private final long last;
    private final int mostRead;
    private final TimeLimit limit;
    private boolean unproven;

    /**
     * @param start where replay begins: what ended before it does not count
     * @param last the last segment of the way
     * @param mostRead how many unknown segments may be read before it halves
     */
    TimeCrossing(WalTrail trail, Lsn start, long last, int mostRead, TimeLimit limit) {
        this.trail = trail;
        this.start = start;
        this.first = trail.segmentOf(start);
        this.last = last;
        this.mostRead = mostRead;
        this.limit = limit;
    }

    /**
     * The first ending that is too late, or none.
     *
     * @throws RecoveryException when a segment cannot be read
     */
    Optional<WalTrail.Ending> find() throws RecoveryException {
        Optional<WalTrail.Ending> told = told();
        long end = told.map(ending -> trail.segmentOf(ending.lsn())).orElse(last + 1);
        List<Long> unknown = unknownBefore(end);
        if (unknown.size() <= mostRead) {
            return firstIn(unknown).or(() -> told);
        }
        unproven = true;
        Optional<WalTrail.Ending> halved = halve(unknown.getFirst(), end).or(() -> told);
        return halved.isEmpty() ? halved : justBefore(halved.get()).or(() -> halved);
    }

    /** Whether the last search took clocks to have run forward somewhere. */
    boolean unproven() {
        return unproven;
    }

    /** What the index tells, read before it is believed. */
    private Optional<WalTrail.Ending> told() throws RecoveryException {
        OptionalLong told = trail.firstBeyond(first, last, limit.last());
        while (told.isPresent()) {
            Optional<WalTrail.Ending> read = in(told.getAsLong());
            if (read.isPresent()) {
                return read;
            }
            told = trail.firstBeyond(told.getAsLong() + 1, last, limit.last());
        }
        return Optional.empty();
    }

    /** One more than may be read is enough to know that they are too many. */
    private List<Long> unknownBefore(long end) {
        List<Long> unknown = new ArrayList<>();
        OptionalLong next = trail.firstUnknown(first, end - 1);
        while (next.isPresent() && unknown.size() <= mostRead) {
            unknown.add(next.getAsLong());
            next = trail.firstUnknown(next.getAsLong() + 1, end - 1);
        }
        return unknown;
    }

    private Optional<WalTrail.Ending> halve(long from, long end) throws RecoveryException {
        long low = from;
        long high = end;
        Optional<WalTrail.Ending> found = Optional.empty();
        while (low < high) {
            long middle = low + (high - low) / 2;
            long next = nextWithEndings(middle, high);
            Optional<WalTrail.Ending> crossing = next == high ? Optional.empty() : in(next);
            if (crossing.isPresent()) {
                found = crossing;
                high = middle;
            } else if (next == high) {
                high = middle;
            } else {
                low = next + 1;
            }
        }
        return found;
    }

    private long nextWithEndings(long from, long end) throws RecoveryException {
        long number = from;
        while (number < end && trail.read(number).endings().isEmpty()) {
            number++;
        }
        return number;
    }

    private Optional<WalTrail.Ending> justBefore(WalTrail.Ending found) throws RecoveryException {
        long number = trail.segmentOf(found.lsn());
        List<Long> before = new ArrayList<>();
        for (long n = Math.max(first, number - SEGMENTS_LOOKED_BACK); n < number; n++) {
            before.add(n);
        }
        return firstIn(before);
    }

    private Optional<WalTrail.Ending> firstIn(List<Long> numbers) throws RecoveryException {
        for (long number : numbers) {
            Optional<WalTrail.Ending> found = in(number);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<WalTrail.Ending> in(long number) throws RecoveryException {
        return trail.read(number).endings().stream()
                .filter(ending -> !ending.lsn().isBefore(start) && limit.excludes(ending.time()))
                .findFirst();
    }
}
