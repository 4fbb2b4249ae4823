package dev.lifeboat.ui.shell;

import java.time.Instant;

/** One line of the program's own log. */
record LogLine(Instant at, Level level, String source, String text) {
    /** How much it matters. */
    enum Level {
        INFO,
        WARN,
        ERROR
    }
}
