package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Tries again what may pass, and counts into one final message. */
final class Retries {
    private final RetryPolicy policy;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final RetryObserver observer;

    Retries(
            RetryPolicy policy,
            InstantSource clock,
            Sleeper sleeper,
            RandomGenerator random,
            RetryObserver observer) {
        this.policy = policy;
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
        this.observer = observer;
    }

    /** One try at a request. */
    interface Attempt<T> {
        T run(Tries before) throws RecoveryException;
    }

    <T> T run(Attempt<T> attempt) throws RecoveryException {
        Tries tries = new Tries();
        while (true) {
            try {
                return attempt.run(tries);
            } catch (StorageException failure) {
                tries.failed(failure);
            }
        }
    }

    Tries begin() {
        return new Tries();
    }

    /** The tries at one request so far. Used by one thread at a time. */
    final class Tries {
        private Instant firstAt = clock.instant();
        private int failures;
        private boolean uncertain;

        /** Whether an earlier try may have been carried out although its answer was lost. */
        boolean mayBeDone() {
            return uncertain;
        }

        /** Counts anew: there was progress. */
        void progressed() {
            failures = 0;
            firstAt = clock.instant();
        }

        /**
         * Waits before the next try, or throws when there is to be none.
         *
         * @throws StorageException the failure; with the number of tries when there were several
         */
        void failed(StorageException failure) throws RecoveryException {
            failures++;
            uncertain |= failure.kind() == StorageException.Kind.UNREACHABLE;
            Duration spent = Duration.between(firstAt, clock.instant());
            boolean again =
                    failure.isTransient()
                            && failures < policy.attempts()
                            && spent.compareTo(policy.limit()) < 0;
            if (!again) {
                throw failures == 1
                        ? failure
                        : failure.andTried(
                                "It was tried %d times in %d s."
                                        .formatted(failures, spent.toSeconds()));
            }
            Duration wait = policy.waitAfter(failures, random);
            observer.retrying(failure, wait);
            sleeper.sleep(wait);
        }
    }
}
