package dev.lifeboat.cli;

import java.util.Optional;

/** The options every command has. */
interface GlobalOptions {
    boolean json();

    /** The value of {@code --profile}. */
    Optional<String> profile();
}
