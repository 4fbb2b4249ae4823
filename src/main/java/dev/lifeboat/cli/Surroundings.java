package dev.lifeboat.cli;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.settings.Directories;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a command sees of the process it runs in.
 *
 * @param environment the process's variables
 * @param user whose folders are used
 * @param systemFolder where an administrator's settings lie
 * @param stdout takes results, UTF-8
 * @param stderr takes talk, UTF-8
 * @param terminals the descriptors (0, 1, 2) that are terminals
 * @param columns the terminal's width
 * @param launcher the program that starts Lifeboat, where it is known: what a server is told to run
 * @param zone the local time zone, for times shown to people
 * @param cancel cancelled when the process is asked to end
 */
public record Surroundings(
        Map<String, String> environment,
        Directories.User user,
        Path systemFolder,
        PrintStream stdout,
        PrintStream stderr,
        Set<Integer> terminals,
        int columns,
        Optional<Path> launcher,
        Clock clock,
        ZoneId zone,
        CancelToken cancel) {
    public Surroundings {
        environment = Map.copyOf(environment);
        terminals = Set.copyOf(terminals);
    }

    /** Whether a person sees stderr and its lines may be redrawn. */
    boolean drawable() {
        return terminals.contains(2) && !"dumb".equals(environment.get("TERM"));
    }

    /**
     * Whether a descriptor may carry colour.
     *
     * <p>Source: no-color.org: any non-empty NO_COLOR turns colour off.
     */
    boolean coloured(int descriptor) {
        return terminals.contains(descriptor)
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    /** Names no variable's value: the environment may hold secrets. */
    @Override
    public String toString() {
        return "Surroundings of " + user.name();
    }
}
