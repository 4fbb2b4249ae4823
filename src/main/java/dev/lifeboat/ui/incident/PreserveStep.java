package dev.lifeboat.ui.incident;

import dev.lifeboat.ui.Messages;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What is saved before anything else: a command of Lifeboat each. */
enum PreserveStep {
    /** Switches the segment of the live server and waits until the archive holds it. */
    PUSH_WAL {
        @Override
        List<String> words(Instant now) {
            return List.of("backup", "wal");
        }

        @Override
        String title() {
            return Messages.text("incident.push");
        }

        @Override
        String text() {
            return Messages.text("incident.push.text");
        }
    },
    /**
     * Keeps retention from removing what any moment of the last weeks needs, until the hold is
     * released: how old the damage is nobody knows yet.
     */
    HOLD {
        @Override
        List<String> words(Instant now) {
            return List.of(
                    "hold",
                    "set",
                    "--from",
                    now.minus(COVERED).truncatedTo(ChronoUnit.SECONDS).toString(),
                    "--to",
                    now.truncatedTo(ChronoUnit.SECONDS).toString(),
                    "--reason",
                    "incident of " + now.truncatedTo(ChronoUnit.SECONDS));
        }

        @Override
        String title() {
            return Messages.text("incident.hold");
        }

        @Override
        String text() {
            return Messages.text("incident.hold.text");
        }
    };

    private static final Duration COVERED = Duration.ofDays(35);

    /** The command that does it. */
    abstract List<String> words(Instant now);

    abstract String title();

    abstract String text();
}
