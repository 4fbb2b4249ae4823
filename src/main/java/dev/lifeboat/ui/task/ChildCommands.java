package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commands as child processes. They write to files and not to pipes, so that they never stop for a
 * window that was closed. Safe for any thread.
 */
public final class ChildCommands implements Commands {
    private final Optional<Path> launcher;
    private final Optional<String> profile;
    private final Map<String, String> environment;
    private final Path folder;

    /**
     * @param launcher the program that starts Lifeboat, where it is known
     * @param profile that the commands work on; empty for that of the environment
     * @param folder for their output; made when the first one starts
     */
    public ChildCommands(
            Optional<Path> launcher,
            Optional<String> profile,
            Map<String, String> environment,
            Path folder) {
        this.launcher = launcher;
        this.profile = profile;
        this.environment = Map.copyOf(environment);
        this.folder = folder;
    }

    @Override
    public Command start(List<String> arguments) throws RecoveryException {
        List<String> line = new ArrayList<>();
        line.add(launcher.orElseThrow(ChildCommands::unknown).toString());
        profile.ifPresent(name -> line.addAll(List.of("--profile", name)));
        line.addAll(arguments);
        String twin = twin(arguments);
        line.add("--json");
        try {
            Files.createDirectories(folder);
            Path out = Files.createTempFile(folder, "command-", ".out");
            Path err = Files.createTempFile(folder, "command-", ".err");
            var builder =
                    new ProcessBuilder(line)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new ChildCommand(twin, builder.start(), out, err);
        } catch (IOException refused) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "'" + twin + "' could not be started.",
                    "The system answered: " + refused.getMessage() + ".",
                    "Run it in a terminal, or make room in " + folder + ".",
                    refused);
        }
    }

    private String twin(List<String> arguments) {
        return "lifeboat "
                + profile.map(name -> "--profile " + name + " ").orElse("")
                + String.join(" ", arguments);
    }

    private static RecoveryException unknown() {
        return new RecoveryException(
                ProblemCode.PROGRAM_MISSING,
                "The console cannot start commands.",
                "It was not started by packaging/bin/lifeboat, so it does not know that program.",
                "Start it by that program, or run the command in a terminal.");
    }
}
