package dev.lifeboat.ui.task;

import java.util.List;

/**
 * A command that somebody wants run.
 *
 * @param title what it does, for people
 * @param arguments as they would be typed
 * @param restore the id of the restore it works on; empty for one that works on none
 */
public record Order(String title, List<String> arguments, String restore, Effect effect) {
    public Order {
        arguments = List.copyOf(arguments);
    }

    /** What it does to a restore, its copy or the live database. */
    public enum Effect {
        /** Changes nothing of them. */
        READS,
        /** Writes, and can be stopped and resumed. */
        RESUMABLE,
        /** Writes, and is seen through. */
        FINAL
    }

    /** One that works on no restore. */
    static Order of(String title, List<String> arguments) {
        return new Order(title, arguments, "", Effect.READS);
    }

    public boolean writes() {
        return effect != Effect.READS;
    }
}
