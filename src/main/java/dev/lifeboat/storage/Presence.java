package dev.lifeboat.storage;

import dev.lifeboat.kernel.Problem;

import java.util.Optional;

/**
 * What one region answered about one key.
 *
 * @param object the object when it is present
 * @param problem why nothing is known when the region could not answer
 */
public record Presence(
        Region region, State state, Optional<ObjectInfo> object, Optional<Problem> problem) {
    /** The three answers there are. */
    public enum State {
        PRESENT,
        /** Proven absent. */
        MISSING,
        /** Nothing is known: unreachable, denied, throttled. */
        UNREACHABLE
    }

    static Presence present(Region region, ObjectInfo object) {
        return new Presence(region, State.PRESENT, Optional.of(object), Optional.empty());
    }

    static Presence missing(Region region) {
        return new Presence(region, State.MISSING, Optional.empty(), Optional.empty());
    }

    static Presence unreachable(Region region, Problem problem) {
        return new Presence(region, State.UNREACHABLE, Optional.empty(), Optional.of(problem));
    }
}
