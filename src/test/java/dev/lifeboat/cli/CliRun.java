package dev.lifeboat.cli;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.settings.Directories;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run of a command line in this process, with what it wrote. */
public final class CliRun {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final CancelToken cancel = new CancelToken();
    private Path systemFolder = Path.of("/nonexistent/etc");
    private Set<Integer> terminals = Set.of();
    private Clock clock = Clock.fixed(Instant.parse("2026-04-07T14:30:00Z"), ZoneOffset.UTC);
    private PrintStream out = new PrintStream(stdout, true, StandardCharsets.UTF_8);

    public CliRun variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** From now on the commands read this clock. */
    public CliRun clock(Clock other) {
        clock = other;
        return this;
    }

    public CliRun systemFolder(Path folder) {
        systemFolder = folder;
        return this;
    }

    CliRun stdout(PrintStream other) {
        out = other;
        return this;
    }

    CliRun terminals(Integer... descriptors) {
        terminals = Set.of(descriptors);
        return this;
    }

    public Outcome run(String... arguments) {
        return new LifeboatCli(surroundings()).run(arguments);
    }

    Surroundings surroundings() {
        return new Surroundings(
                environment,
                new Directories.User("Linux", "sre", Path.of("/nonexistent/home")),
                systemFolder,
                out,
                new PrintStream(stderr, true, StandardCharsets.UTF_8),
                terminals,
                80,
                Optional.empty(),
                clock,
                ZoneOffset.UTC,
                cancel);
    }

    public String stdout() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    public String stderr() {
        return stderr.toString(StandardCharsets.UTF_8);
    }
}
