package dev.lifeboat.app;

import java.util.Optional;

/**
 * The wish to open the window: no command at all.
 *
 * @param profile of {@code --profile}, where it was given
 */
record ConsoleWish(Optional<String> profile) {
    /** Empty when the words name anything else; the command line then says what is wrong. */
    static Optional<ConsoleWish> of(String... arguments) {
        if (arguments.length == 0) {
            return Optional.of(new ConsoleWish(Optional.empty()));
        }
        if (arguments.length == 2 && arguments[0].equals("--profile")) {
            return Optional.of(new ConsoleWish(Optional.of(arguments[1])));
        }
        if (arguments.length == 1 && arguments[0].startsWith("--profile=")) {
            return Optional.of(
                    new ConsoleWish(Optional.of(arguments[0].substring("--profile=".length()))));
        }
        return Optional.empty();
    }
}
