package dev.lifeboat.host;

import dev.lifeboat.host.HostProcesses.Signal;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a program is to be started. Its standard input is empty, output and error are pipes, it is
 * owned and runs as the current user in the root directory, unless it is told otherwise.
 *
 * <p>Of this program's environment the child sees {@code PATH}, {@code TMPDIR}, {@code TZ}, {@code
 * LD_LIBRARY_PATH}, Kerberos' variables and, under the same user, {@code HOME}: so no key and no
 * password gets into it unless {@code environment} puts it there.
 *
 * @param command program and arguments
 * @param environment variables on top of those, or in their place
 * @param user empty: the user this program runs as
 * @param endsWithUs what it is sent when this program ends: on Linux however that came about,
 *     elsewhere after an orderly end only; empty when it is detached, so that it runs on
 */
public record ProcessSpec(
        List<String> command,
        Map<String, String> environment,
        Path workingDirectory,
        Optional<OsUser> user,
        Optional<Signal> endsWithUs,
        Redirect stdin,
        Redirect stdout,
        Redirect stderr) {
    private static final Redirect NOTHING =
            Redirect.from(Path.of(LocalHost.WINDOWS ? "NUL" : "/dev/null").toFile());

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public static ProcessSpec of(List<String> command) {
        return new ProcessSpec(
                command,
                Map.of(),
                Path.of("/"),
                Optional.empty(),
                Optional.of(Signal.TERM),
                NOTHING,
                Redirect.PIPE,
                Redirect.PIPE);
    }

    public static ProcessSpec of(String... command) {
        return of(List.of(command));
    }

    public ProcessSpec with(Map<String, String> variables) {
        var merged = new LinkedHashMap<>(environment);
        merged.putAll(variables);
        return new ProcessSpec(
                command, merged, workingDirectory, user, endsWithUs, stdin, stdout, stderr);
    }

    public ProcessSpec in(Path directory) {
        return new ProcessSpec(
                command, environment, directory, user, endsWithUs, stdin, stdout, stderr);
    }

    public ProcessSpec as(OsUser other) {
        return new ProcessSpec(
                command,
                environment,
                workingDirectory,
                Optional.of(other),
                endsWithUs,
                stdin,
                stdout,
                stderr);
    }

    public ProcessSpec detached() {
        return ending(Optional.empty());
    }

    /** Owned, and asked to end by that signal in place of {@code TERM}. */
    public ProcessSpec endedBy(Signal signal) {
        return ending(Optional.of(signal));
    }

    private ProcessSpec ending(Optional<Signal> signal) {
        return new ProcessSpec(
                command, environment, workingDirectory, user, signal, stdin, stdout, stderr);
    }

    /** Its standard input is a pipe that {@link HostProcess#stdin} fills. */
    public ProcessSpec fed() {
        return new ProcessSpec(
                command,
                environment,
                workingDirectory,
                user,
                endsWithUs,
                Redirect.PIPE,
                stdout,
                stderr);
    }

    /** What it prints is thrown away; its errors are not. */
    public ProcessSpec silent() {
        return new ProcessSpec(
                command,
                environment,
                workingDirectory,
                user,
                endsWithUs,
                stdin,
                Redirect.DISCARD,
                stderr);
    }

    /** Output and error go to the end of a file; this program opens it, under its own user. */
    public ProcessSpec loggingTo(Path file) {
        var append = Redirect.appendTo(file.toFile());
        return new ProcessSpec(
                command, environment, workingDirectory, user, endsWithUs, stdin, append, append);
    }
}
