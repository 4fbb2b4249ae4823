package dev.lifeboat.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts a launcher the way a shell or a server would, with nothing in its environment but what is
 * given.
 */
final class Launch {
    private static final long PATIENCE_SECONDS = 180;

    /** What came of it. */
    record Result(int status, String stdout, String stderr) {}

    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> shell = new ArrayList<>();
    private final Path launcher;
    private final Path scratch;
    private Path directory;

    /**
     * @param scratch takes what it writes
     */
    Launch(Path launcher, Path scratch) {
        this.launcher = launcher;
        this.scratch = scratch;
        this.directory = scratch;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", System.getProperty("user.home"));
    }

    Launch variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Launch in(Path newDirectory) {
        directory = newDirectory;
        return this;
    }

    /** Runs it by a line of shell in which "$@" stands for the command. */
    Launch by(String line) {
        shell.addAll(List.of("sh", "-c", line, "sh"));
        return this;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return end(start(arguments));
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(shell);
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        Path stdout = Files.createTempFile(scratch, "out", "");
        Path stderr = Files.createTempFile(scratch, "err", "");
        var builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectInput(new java.io.File("/dev/null"))
                        .redirectOutput(stdout.toFile())
                        .redirectError(stderr.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        written.put(process, List.of(stdout, stderr));
        return process;
    }

    private final Map<Process, List<Path>> written = new java.util.HashMap<>();

    Result end(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the launcher did not end");
        }
        List<Path> files = written.remove(process);
        return new Result(
                process.exitValue(),
                Files.readString(files.get(0)),
                Files.readString(files.get(1)));
    }
}
