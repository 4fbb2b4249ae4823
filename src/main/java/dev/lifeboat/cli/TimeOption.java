package dev.lifeboat.cli;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** A time somebody typed as an option. */
final class TimeOption {
    private TimeOption() {}

    /**
     * The time, empty when the option was not given; says so when UTC was assumed.
     *
     * @param option its name, for the note
     * @throws RecoveryException {@code TIME_UNREADABLE}
     */
    static Optional<Instant> read(String option, String text, Output output)
            throws RecoveryException {
        if (text == null) {
            return Optional.empty();
        }
        Timestamps.Input input = Timestamps.parse(text);
        if (input.utcAssumed()) {
            output.say(
                    option
                            + " names no offset and is taken as UTC: "
                            + Timestamps.both(input.instant(), ZoneOffset.UTC)
                            + ".");
        }
        return Optional.of(input.instant());
    }
}
