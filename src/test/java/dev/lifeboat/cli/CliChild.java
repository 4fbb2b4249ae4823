package dev.lifeboat.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Properties;

/**
 * A process of its own that runs a command line, so that it can be killed. Arguments: a properties
 * file with the variables, then the command line. What {@code aws.} begins is a system property.
 */
final class CliChild {
    /** A variable: the process reads the system's clock instead of {@link CliRun}'s. */
    static final String SYSTEM_CLOCK = "test.system-clock";

    private CliChild() {}

    public static void main(String[] arguments) throws Exception {
        var properties = new Properties();
        try (var in = Files.newInputStream(Path.of(arguments[0]))) {
            properties.load(in);
        }
        var run = new CliRun().stdout(System.out);
        if (properties.remove(SYSTEM_CLOCK) != null) {
            run.clock(Clock.systemUTC());
        }
        properties.forEach(
                (name, value) -> {
                    if (name.toString().startsWith("aws.")) {
                        System.setProperty(name.toString(), value.toString());
                    } else {
                        run.variable(name.toString(), value.toString());
                    }
                });
        Outcome outcome = run.run(Arrays.copyOfRange(arguments, 1, arguments.length));
        System.err.println(run.stderr());
        System.exit(outcome.code());
    }
}
