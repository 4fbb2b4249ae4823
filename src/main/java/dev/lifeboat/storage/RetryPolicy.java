package dev.lifeboat.storage;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and how long a request is tried again. The wait before the n-th retry is drawn evenly
 * from zero to {@code base} times 2 to the power of n-1, at most {@code cap}: full jitter, so that
 * many clients do not come back together.
 *
 * @param attempts how often at most, the first one included
 * @param limit once so much time has passed since the first attempt, no further one is begun
 */
public record RetryPolicy(int attempts, Duration base, Duration cap, Duration limit) {
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException(attempts + " attempts");
        }
    }

    /** For jobs that run for minutes: bears an outage of about a minute. */
    public static RetryPolicy patient() {
        return new RetryPolicy(
                10, Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofMinutes(5));
    }

    /** For commands somebody waits for. */
    public static RetryPolicy brief() {
        return new RetryPolicy(
                4, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(20));
    }

    Duration waitAfter(int failures, RandomGenerator random) {
        long ceiling = Math.min(cap.toMillis(), base.toMillis() << Math.min(failures - 1, 30));
        return Duration.ofMillis(random.nextLong(ceiling + 1));
    }
}
