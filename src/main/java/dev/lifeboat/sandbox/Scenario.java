package dev.lifeboat.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What goes wrong in the sandbox. */
public enum Scenario {
    /** Somebody drops {@code scenario_logs}; the server runs on. */
    DELETED_TABLE,
    /** The server's machine is gone, data directory and all. */
    LOST_SERVER,
    /** The primary region is gone: its buckets cannot be reached, and the server with them. */
    LOST_REGION;

    /** The name on the command line and in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The scenario of this {@link #word()}, or empty. */
    public static Optional<Scenario> ofWord(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }
}
