package dev.lifeboat.storage;

import java.time.Duration;

/**
 * What goes wrong, and how often: shares of the requests from 0 to 1.
 *
 * @param unreachable requests that never arrive
 * @param throttled requests that are refused with SlowDown
 * @param answerLost requests that are carried out, and their answers lost
 * @param truncated bodies that end early, as a broken connection ends them
 * @param flipped bodies with one wrong bit
 * @param shortened bodies of which the second half is gone, as if the object had that size
 * @param swapped bodies of another object, under the name of the one that was asked for
 * @param delay before every request
 */
public record Faults(
        double unreachable,
        double throttled,
        double answerLost,
        double truncated,
        double flipped,
        double shortened,
        double swapped,
        Duration delay) {
    private static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, Duration.ZERO);

    public static Faults none() {
        return NONE;
    }

    /** Nothing answers: the region is lost. */
    public static Faults darkness() {
        return new Faults(1, 0, 0, 0, 0, 0, 0, Duration.ZERO);
    }

    /** That share of the requests fails, in every way a network can fail, and passes on retry. */
    public static Faults network(double share) {
        return new Faults(share / 3, share / 3, share / 3, share, 0, 0, 0, Duration.ZERO);
    }

    /** That share of the bodies is damaged, in every way an object can be. */
    public static Faults damage(double share) {
        return new Faults(0, 0, 0, 0, share / 3, share / 3, share / 3, Duration.ZERO);
    }

    public Faults withDelay(Duration newDelay) {
        return new Faults(
                unreachable,
                throttled,
                answerLost,
                truncated,
                flipped,
                shortened,
                swapped,
                newDelay);
    }
}
