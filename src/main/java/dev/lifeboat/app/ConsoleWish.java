package dev.lifeboat.app;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The wish to open the window: no command at all.
 *
 * @param profile of {@code --profile}, where it was given
 * @param pictures of {@code --pictures}: no window, but its screens as files in this folder
 */
record ConsoleWish(Optional<String> profile, Optional<Path> pictures) {
    /** Empty when the words name anything else; the command line then says what is wrong. */
    static Optional<ConsoleWish> of(String... arguments) {
        Optional<String> profile = Optional.empty();
        Optional<Path> pictures = Optional.empty();
        for (int i = 0; i < arguments.length; i += 2) {
            String word = arguments[i];
            if (word.startsWith("--profile=")) {
                profile = Optional.of(word.substring("--profile=".length()));
                i--;
            } else if (i + 1 < arguments.length && word.equals("--profile")) {
                profile = Optional.of(arguments[i + 1]);
            } else if (i + 1 < arguments.length && word.equals("--pictures")) {
                pictures = Optional.of(Path.of(arguments[i + 1]));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new ConsoleWish(profile, pictures));
    }
}
