package dev.lifeboat.postgres;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostProcess;
import dev.lifeboat.host.HostProcesses.Signal;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.host.ServerUser;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A postmaster on a data directory: one that this program started, or one it found running. It is
 * started directly, without {@code pg_ctl}, and reached by the process id of its own directory:
 * {@code pg_ctl} follows a data_directory in the configuration and would act on another cluster.
 *
 * <p>Not for use by several threads at once, but for {@link #stop}.
 */
public final class ServerProcess {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration LAST_WAYS = Duration.ofSeconds(30);
    private static final String SHARED_MEMORY = "pre-existing shared memory block";

    private final Host host;
    private final Path dataDirectory;
    private final Optional<ServerStart> start;
    private HostProcess process;
    private long pid;
    private long logFrom;

    private ServerProcess(Host host, Path dataDirectory, Optional<ServerStart> start) {
        this.host = host;
        this.dataDirectory = dataDirectory;
        this.start = start;
    }

    /**
     * Starts a server; {@link #awaitReady} then waits for it.
     *
     * @throws RecoveryException {@code TARGET_IN_USE} when a server runs on the directory, {@code
     *     VERSION_MISMATCH} when the programs are of another major version than the directory,
     *     {@code TARGET_NOT_WRITABLE} when the user cannot come there, {@code PROGRAM_MISSING},
     *     {@code HOST_FAILURE}
     */
    public static ServerProcess start(Host host, ServerStart start) throws RecoveryException {
        StartChecks.requireNoPostmaster(host, start.dataDirectory());
        StartChecks.requireSameMajor(host, start);
        ServerUser.requireReach(host, start.user(), start.dataDirectory());
        SocketPath.require(start.effectiveSettings());
        var server = new ServerProcess(host, start.dataDirectory(), Optional.of(start));
        server.launch(start);
        return server;
    }

    /** The server that runs on the directory; empty when none does. */
    public static Optional<ServerProcess> attach(Host host, Path dataDirectory)
            throws RecoveryException {
        return RunningServer.on(host, dataDirectory)
                .filter(RunningServer::postmasterAlive)
                .map(
                        running -> {
                            var server = new ServerProcess(host, dataDirectory, Optional.empty());
                            server.pid = running.pid();
                            return server;
                        });
    }

    /**
     * Makes sure that nobody works in the directory.
     *
     * @throws RecoveryException {@code TARGET_IN_USE} when a server runs on the directory, or
     *     processes of a dead one do
     */
    public static void requireNothingRuns(Host host, Path dataDirectory) throws RecoveryException {
        Optional<RunningServer> running = RunningServer.on(host, dataDirectory);
        if (running.isPresent()) {
            throw StartChecks.inUse(dataDirectory, running.get());
        }
    }

    private void launch(ServerStart wanted) throws RecoveryException {
        prepareLog(wanted);
        logFrom = size(wanted.log());
        var spec =
                ProcessSpec.of(wanted.command())
                        .with(wanted.environment())
                        .as(wanted.user())
                        .loggingTo(wanted.log());
        spec = wanted.detached() ? spec.detached() : spec.endedBy(Signal.INT);
        process = host.processes().start(spec);
        pid = process.pid();
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    /** Process id of the postmaster. */
    public long pid() {
        return pid;
    }

    public boolean isAlive() {
        return process == null ? host.processes().isAlive(pid) : process.isAlive();
    }

    /** What the server says of itself now. */
    public ServerState state() throws RecoveryException {
        if (!isAlive()) {
            return ServerState.STOPPED;
        }
        return RunningServer.pidFile(host, dataDirectory)
                .filter(file -> file.pid() == pid)
                .map(file -> ServerState.written(file.status()))
                .orElse(ServerState.STARTING);
    }

    /** The server's log from this start on; of a server that was found running, from its end on. */
    public ServerLog log(Path file) throws RecoveryException {
        return new ServerLog(file, start.isPresent() ? logFrom : size(file));
    }

    /**
     * Waits until the server lets sessions in. A start that meets shared memory of a server just
     * killed is repeated until the time is over.
     *
     * @throws RecoveryException {@code SERVER_FAILED} when it ended, with the first FATAL line of
     *     its log ({@code PORT_TAKEN} when that was the reason), or was not ready in time; it still
     *     runs in that case
     */
    public void awaitReady(Duration atMost, CancelToken cancel) throws RecoveryException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            cancel.check();
            switch (state()) {
                case READY -> {
                    return;
                }
                case STOPPED -> relaunchOrFail(deadline, cancel);
                default -> {
                    if (System.nanoTime() > deadline) {
                        throw notInTime("was not ready", atMost);
                    }
                    cancel.sleep(POLL);
                }
            }
        }
    }

    private void relaunchOrFail(long deadline, CancelToken cancel) throws RecoveryException {
        List<String> lines = linesOfThisStart();
        boolean leftOver = lines.stream().anyMatch(line -> line.contains(SHARED_MEMORY));
        if (!leftOver || start.isEmpty() || System.nanoTime() > deadline) {
            throw StartFailure.of(dataDirectory, start.map(ServerStart::log), lines);
        }
        cancel.sleep(Duration.ofMillis(250));
        launch(start.get());
    }

    /**
     * Shuts the server down and waits until it is gone. One that is gone already is no error.
     *
     * @throws RecoveryException {@code SERVER_FAILED} when it still runs after that time
     */
    public void stop(StopMode mode, Duration atMost, CancelToken cancel) throws RecoveryException {
        signal(mode.signal());
        awaitStopped(atMost, cancel);
    }

    /**
     * Shuts the server down in an orderly way if that can be, and in any case. A server that was
     * born deaf to INT, as what a script starts in the background is, loses one that comes before
     * it listens: the signal is sent again and again, then TERM, and at last QUIT, after which the
     * next start recovers.
     *
     * @param patience for an orderly end
     * @throws RecoveryException {@code SERVER_FAILED} when nothing helped
     */
    public void stopByAnyWay(Duration patience, CancelToken cancel) throws RecoveryException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            signal(StopMode.FAST.signal());
            if (stopsWithin(shorter(AGAIN, patience), cancel)) {
                return;
            }
        }
        for (StopMode mode : List.of(StopMode.SMART, StopMode.IMMEDIATE)) {
            signal(mode.signal());
            if (stopsWithin(shorter(LAST_WAYS, patience), cancel)) {
                return;
            }
        }
        throw notInTime("did not stop", patience);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Waits until the server has ended by itself.
     *
     * @throws RecoveryException {@code SERVER_FAILED} when it still runs after that time
     */
    public void awaitStopped(Duration atMost, CancelToken cancel) throws RecoveryException {
        if (!stopsWithin(atMost, cancel)) {
            throw notInTime("did not stop", atMost);
        }
    }

    private boolean stopsWithin(Duration atMost, CancelToken cancel) throws CancelledException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            cancel.sleep(POLL);
        }
        return true;
    }

    /** Has the server read its configuration files again. */
    public void reload() throws RecoveryException {
        signal(Signal.HUP);
    }

    /** Exit status of a server this program started, once it ended. */
    public Optional<Integer> exitStatus() throws RecoveryException {
        if (process == null || process.isAlive()) {
            return Optional.empty();
        }
        return Optional.of(process.waitFor(CancelToken.never()));
    }

    /** A number alone is not enough: another process may have got it since. */
    private void signal(Signal signal) throws RecoveryException {
        boolean ours = process != null && process.isAlive();
        if (!ours) {
            var running = RunningServer.on(host, dataDirectory);
            ours = running.isPresent() && running.get().pid() == pid;
        }
        if (ours) {
            host.processes().signal(pid, signal);
        }
    }

    private List<String> linesOfThisStart() throws RecoveryException {
        return start.isEmpty() ? List.of() : log(start.get().log()).lines();
    }

    private RecoveryException notInTime(String what, Duration atMost) throws RecoveryException {
        return new RecoveryException(
                ProblemCode.SERVER_FAILED,
                "The server on "
                        + dataDirectory
                        + " "
                        + what
                        + " within "
                        + atMost.toSeconds()
                        + " s.",
                "Its state is " + state() + ", its process " + pid + ".",
                "Look into its log"
                        + start.map(s -> " " + s.log()).orElse("")
                        + ", then run the"
                        + " command again.");
    }

    private void prepareLog(ServerStart wanted) throws RecoveryException {
        if (!host.files().exists(wanted.log())) {
            host.files().writeDurably(wanted.log(), new byte[0], wanted.user());
        }
    }

    private static long size(Path file) throws RecoveryException {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException unreadable) {
            throw FileProblem.of("The server's log could not be read", file, unreadable);
        }
    }
}
