package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.StorageException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Asks all regions the same thing at once. A region that was found unreachable is not asked again
 * for a while: its stores retry for long, and one lost region must not slow the other one down.
 */
final class RegionAnswers {
    private final List<Region> regions;
    private final long pauseNanos;
    private final Map<Region.Role, Outage> outages = new ConcurrentHashMap<>();

    private record Outage(long sinceNanos, StorageException failure) {}

    /** What to ask of one region. */
    interface Question<T> {
        T ask(Region region) throws RecoveryException;
    }

    /**
     * What the regions said.
     *
     * @param answers of those that answered
     * @param failures of those that did not
     */
    record Answers<T>(Map<Region.Role, T> answers, Map<Region.Role, RecoveryException> failures) {}

    RegionAnswers(List<Region> regions, Duration pause) {
        this.regions = regions;
        this.pauseNanos = pause.toNanos();
    }

    List<Region> regions() {
        return regions;
    }

    /**
     * @throws CancelledException when this thread was interrupted while it waited
     */
    <T> Answers<T> all(Question<T> question) throws CancelledException {
        var asked = new ArrayList<FutureTask<T>>();
        for (Region region : regions) {
            var task = new FutureTask<>((Callable<T>) () -> one(region, question));
            asked.add(task);
            Thread.ofVirtual().name("ask-" + region.name()).start(task);
        }
        Map<Region.Role, T> answers = new EnumMap<>(Region.Role.class);
        Map<Region.Role, RecoveryException> failures = new EnumMap<>(Region.Role.class);
        for (int i = 0; i < asked.size(); i++) {
            try {
                answers.put(regions.get(i).role(), asked.get(i).get());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            } catch (ExecutionException failed) {
                failures.put(regions.get(i).role(), known(failed.getCause()));
            }
        }
        return new Answers<>(answers, failures);
    }

    /** Asks one region, unless it was unreachable a moment ago. */
    <T> T one(Region region, Question<T> question) throws RecoveryException {
        Outage outage = outages.get(region.role());
        if (outage != null && !isFirstToAskAgain(region, outage)) {
            throw outage.failure;
        }
        try {
            T answer = question.ask(region);
            outages.remove(region.role());
            return answer;
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.UNREACHABLE) {
                outages.put(region.role(), new Outage(System.nanoTime(), failure));
            }
            throw failure;
        }
    }

    /** After the pause one caller finds out for all. */
    private boolean isFirstToAskAgain(Region region, Outage outage) {
        long now = System.nanoTime();
        return now - outage.sinceNanos >= pauseNanos
                && outages.replace(region.role(), outage, new Outage(now, outage.failure));
    }

    private static RecoveryException known(Throwable thrown) throws CancelledException {
        return switch (thrown) {
            case CancelledException stopped -> throw stopped;
            case RecoveryException failure -> failure;
            case RuntimeException unknown -> throw unknown;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        };
    }
}
