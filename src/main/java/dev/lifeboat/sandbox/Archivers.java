package dev.lifeboat.sandbox;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostProcesses;
import dev.lifeboat.host.HostProcesses.Signal;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What archives for the sandbox's server outlives it for some seconds, and writes into the
 * sandbox's folder until it ends.
 */
final class Archivers {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int LOOKS = 200;
    private final HostProcesses processes;
    private final SandboxFolder folder;

    Archivers(Host host, SandboxFolder folder) {
        this.processes = host.processes();
        this.folder = folder;
    }

    /** Asks them to end, and returns when they have; those that do not are killed. */
    void end() throws RecoveryException {
        Set<Long> working = working();
        for (Signal signal : new Signal[] {Signal.TERM, Signal.KILL}) {
            for (long pid : working) {
                processes.signal(pid, signal);
            }
            for (int i = 0; i < LOOKS && anyAlive(working); i++) {
                CancelToken.never().sleep(LOOK);
            }
        }
    }

    private boolean anyAlive(Set<Long> pids) {
        return pids.stream().anyMatch(processes::isAlive);
    }

    /** Those that say so in the server's home, and those that began in its data directory. */
    private Set<Long> working() {
        var pids = new TreeSet<>(processes.workingIn(folder.data()));
        try (Stream<Path> residents = Files.list(folder.serverHome().resolve("push"))) {
            for (Path resident : residents.toList()) {
                long said = Long.parseLong(Files.readString(resident.resolve("pid")).strip());
                if (isResident(said)) {
                    pids.add(said);
                }
            }
        } catch (IOException | NumberFormatException nobody) {
            // Where none has said so, none is at work.
        }
        return pids;
    }

    /** The number of a process that has ended may be another's by now. */
    private boolean isResident(long pid) {
        return processes.command(pid).contains(folder.data().toString());
    }
}
