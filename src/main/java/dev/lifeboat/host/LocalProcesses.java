package dev.lifeboat.host;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            var command = new ArrayList<String>();
            info.flatMap(ProcessHandle.Info::command).ifPresent(command::add);
            info.flatMap(ProcessHandle.Info::arguments)
                    .ifPresent(arguments -> command.addAll(List.of(arguments)));
            return command;
        }
    }

    @Override
    public List<Long> workingIn(Path directory) {
        try (var each = Files.newDirectoryStream(PROC, "[0-9]*")) {
            Object wanted = identity(directory);
            var found = new ArrayList<Long>();
            for (Path process : each) {
                if (wanted.equals(identityOrNothing(process.resolve("cwd")))) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
            return found;
        } catch (IOException noProcOrNoSuchDirectory) {
            return List.of();
        }
    }

    @Override
    public boolean tellsDirectory(long pid) {
        return !identityOrNothing(PROC.resolve(pid + "/cwd")).equals("");
    }

    /** Device and inode: a container sees the same directory under another name. */
    private static Object identity(Path path) throws IOException {
        return Files.readAttributes(path, "unix:dev,ino");
    }

    private static Object identityOrNothing(Path path) {
        try {
            return identity(path);
        } catch (IOException hiddenOrEnded) {
            return "";
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
