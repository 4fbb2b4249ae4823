package dev.lifeboat.host;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Processes of this machine. */
final class LocalProcesses implements HostProcesses {
    private static final Path PROC = Path.of("/proc");
    private final ProcessLauncher launcher;

    LocalProcesses(LocalUsers users) {
        this.launcher = new ProcessLauncher(users);
    }

    @Override
    public HostProcess start(ProcessSpec spec) throws RecoveryException {
        return launcher.launch(spec);
    }

    @Override
    public boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Override
    public List<String> command(long pid) {
        try {
            byte[] raw = Files.readAllBytes(PROC.resolve(pid + "/cmdline"));
            String joined = new String(raw, StandardCharsets.UTF_8);
            return joined.isEmpty() ? List.of() : Arrays.asList(joined.split("\0"));
        } catch (IOException noProc) {
            var info = ProcessHandle.of(pid).map(ProcessHandle::info);
            var command = new java.util.ArrayList<String>();
            info.flatMap(ProcessHandle.Info::command).ifPresent(command::add);
            info.flatMap(ProcessHandle.Info::arguments)
                    .ifPresent(arguments -> command.addAll(List.of(arguments)));
            return command;
        }
    }

    @Override
    public Optional<Path> workingDirectory(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(PROC.resolve(pid + "/cwd")));
        } catch (IOException | UnsupportedOperationException hidden) {
            return Optional.empty();
        }
    }

    @Override
    public void signal(long pid, Signal signal) throws RecoveryException {
        if (!isAlive(pid)) {
            return;
        }
        var sent =
                Shell.firstLine(
                        "/bin/sh",
                        "-c",
                        "kill -\"$1\" \"$2\" && echo sent",
                        "sh",
                        signal.name(),
                        Long.toString(pid));
        if (sent.isEmpty() && isAlive(pid)) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "Process " + pid + " could not be sent the signal " + signal + ".",
                    "It belongs to another OS user.",
                    "Run the command as the user that owns process " + pid + ", or as root.");
        }
    }

    @Override
    public Optional<Integer> attachedToSharedMemory(long shmId) {
        try {
            return Optional.of(
                    SharedMemoryTable.attached(
                            Files.readAllLines(PROC.resolve("sysvipc/shm")), shmId));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
