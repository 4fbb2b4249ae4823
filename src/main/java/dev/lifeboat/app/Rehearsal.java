package dev.lifeboat.app;

import dev.lifeboat.cli.LifeboatCli;
import dev.lifeboat.cli.Surroundings;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.settings.Directories;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs what needs nothing outside the program, once after each build, so that the JDK's
 * ahead-of-time cache knows its classes and commands start fast. Reads no settings, touches no
 * file.
 */
public final class Rehearsal {
    private static final Path NOWHERE = Path.of("/nonexistent/lifeboat");

    private Rehearsal() {}

    /** Takes no arguments; ends the process with status 0. */
    public static void main(String[] arguments) {
        run("--version", "--json");
        run("--help");
        run("key", "generate", "--json");
        run("no-such-command", "--json");
        Main.main(new String[] {"--version"});
    }

    private static void run(String... arguments) {
        new LifeboatCli(nothing()).run(arguments);
    }

    private static Surroundings nothing() {
        var nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Surroundings(
                Map.of(),
                new Directories.User("Linux", "nobody", NOWHERE),
                NOWHERE,
                nowhere,
                nowhere,
                Set.of(),
                80,
                Optional.empty(),
                Clock.systemUTC(),
                ZoneOffset.UTC,
                new CancelToken());
    }
}
