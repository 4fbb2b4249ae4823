package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What runs on a data directory.
 *
 * @param pid of the postmaster
 * @param postmasterAlive false when the postmaster is gone and processes of it still hold its
 *     shared memory, so that the directory is in use all the same
 * @param port 0 while the server has not said it yet
 * @param socketDirectory empty when it listens on no socket, or has not said so yet
 */
public record RunningServer(
        long pid,
        boolean postmasterAlive,
        int port,
        Optional<Path> socketDirectory,
        ServerState state) {
    private static final Pattern POSTMASTER = Pattern.compile("(.*/)?post(gres|master)(\\.exe)?");

    /** The others' titles begin with {@code postgres: }. */
    private static final Pattern PROCESS =
            Pattern.compile("(.*/)?post(gres|master)(\\.exe)?(: .*)?");

    /**
     * Looks whether a server runs on the directory. It does when a process of PostgreSQL works in
     * it, {@code postmaster.pid} or not; where the OS does not tell who works where, when that file
     * names a process that may be a postmaster; and when somebody is attached to the shared memory
     * that the file names.
     */
    public static Optional<RunningServer> on(Host host, Path dataDirectory)
            throws RecoveryException {
        Optional<PostmasterPid> file = pidFile(host, dataDirectory);
        List<Long> working =
                host.processes().workingIn(dataDirectory).stream()
                        .filter(pid -> runs(host, pid, PROCESS))
                        .toList();
        long written = file.map(PostmasterPid::pid).orElse(0L);
        // A child that was forked this moment still looks like its postmaster.
        Optional<Long> postmaster =
                working.stream()
                        .filter(pid -> runs(host, pid, POSTMASTER))
                        .min(Comparator.comparing(pid -> pid != written))
                        .or(() -> Optional.of(written).filter(pid -> mayBe(host, pid)));
        if (postmaster.isPresent()) {
            return Optional.of(alive(postmaster.get(), file));
        }
        if (!working.isEmpty()) {
            return Optional.of(dead(working.getFirst()));
        }
        return file.filter(each -> attached(host, each.sharedMemoryId()) > 0)
                .map(each -> dead(each.pid()));
    }

    private static RunningServer alive(long pid, Optional<PostmasterPid> file) {
        return new RunningServer(
                pid,
                true,
                file.map(PostmasterPid::port).orElse(0),
                file.flatMap(PostmasterPid::socketDirectory),
                file.map(written -> ServerState.written(written.status()))
                        .orElse(ServerState.STARTING));
    }

    private static RunningServer dead(long pid) {
        return new RunningServer(pid, false, 0, Optional.empty(), ServerState.STOPPED);
    }

    static Optional<PostmasterPid> pidFile(Host host, Path dataDirectory) throws RecoveryException {
        Path file = dataDirectory.resolve(PostmasterPid.FILE);
        try {
            return host.files().exists(file)
                    ? PostmasterPid.read(host.files().readText(file).lines().toList())
                    : Optional.empty();
        } catch (RecoveryException unreadable) {
            if (!host.files().exists(file)) {
                return Optional.empty();
            }
            throw unreadable;
        }
    }

    private static boolean runs(Host host, long pid, Pattern program) {
        List<String> command = host.processes().command(pid);
        return !command.isEmpty() && program.matcher(command.getFirst()).matches();
    }

    /**
     * A postmaster that works elsewhere as far as the OS tells is none of this directory; one whose
     * directory or command is hidden may be.
     */
    private static boolean mayBe(Host host, long pid) {
        if (pid == 0 || !host.processes().isAlive(pid) || host.processes().tellsDirectory(pid)) {
            return false;
        }
        List<String> command = host.processes().command(pid);
        return command.isEmpty() || POSTMASTER.matcher(command.getFirst()).matches();
    }

    private static int attached(Host host, OptionalLong sharedMemoryId) {
        return sharedMemoryId.isEmpty()
                ? 0
                : host.processes().attachedToSharedMemory(sharedMemoryId.getAsLong()).orElse(0);
    }
}
