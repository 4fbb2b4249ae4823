package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

    /**
     * Looks whether a server runs on the directory: {@code postmaster.pid} names a process that
     * lives and may be its postmaster, or shared memory somebody is attached to. In doubt it runs;
     * a process that provably works elsewhere has only inherited the number.
     */
    public static Optional<RunningServer> on(Host host, Path dataDirectory)
            throws RecoveryException {
        Optional<PostmasterPid> file = pidFile(host, dataDirectory);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        PostmasterPid written = file.get();
        boolean alive = isPostmaster(host, written.pid(), dataDirectory);
        if (!alive && attached(host, written.sharedMemoryId()) == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new RunningServer(
                        written.pid(),
                        alive,
                        written.port(),
                        written.socketDirectory(),
                        alive ? ServerState.written(written.status()) : ServerState.STOPPED));
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

    /** A postmaster works in its data directory; where that is hidden its name must do. */
    private static boolean isPostmaster(Host host, long pid, Path dataDirectory) {
        if (pid == 0 || !host.processes().isAlive(pid)) {
            return false;
        }
        Optional<Path> works = host.processes().workingDirectory(pid);
        if (works.isPresent()) {
            return works.get().equals(real(dataDirectory));
        }
        List<String> command = host.processes().command(pid);
        return command.isEmpty() || command.getFirst().matches(".*post(gres|master)\\b.*");
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException gone) {
            return directory.toAbsolutePath().normalize();
        }
    }

    private static int attached(Host host, OptionalLong sharedMemoryId) {
        return sharedMemoryId.isEmpty()
                ? 0
                : host.processes().attachedToSharedMemory(sharedMemoryId.getAsLong()).orElse(0);
    }
}
