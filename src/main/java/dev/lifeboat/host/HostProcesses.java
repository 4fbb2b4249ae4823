package dev.lifeboat.host;

import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Processes of the machine. */
public interface HostProcesses {
    /** What can be asked of a running process. */
    enum Signal {
        HUP,
        INT,
        QUIT,
        TERM,
        KILL
    }

    /**
     * Starts a program directly, never through a shell. It gets the three standard streams of the
     * specification and no other file descriptor, and of this program's environment only what
     * {@link ProcessSpec} says.
     *
     * @throws RecoveryException {@code PROGRAM_MISSING} when the program, or what is needed to run
     *     it as another user, is not there; {@code HOST_FAILURE} when it cannot be started
     */
    HostProcess start(ProcessSpec spec) throws RecoveryException;

    boolean isAlive(long pid);

    /**
     * The program and arguments of a running process, as far as the OS tells this user; empty when
     * it does not run or is hidden.
     */
    List<String> command(long pid);

    /**
     * The processes whose working directory is that directory, those of containers on this machine
     * included; as far as the OS tells this user (Linux: its own, or all for root), else none.
     */
    List<Long> workingIn(Path directory);

    /** Whether the OS tells this user the working directory of that process. */
    boolean tellsDirectory(long pid);

    /**
     * Sends a signal; a process that is gone already is no error.
     *
     * @throws RecoveryException {@code HOST_FAILURE} when the OS refuses it
     */
    void signal(long pid, Signal signal) throws RecoveryException;

    /**
     * Number of processes attached to a System V shared memory segment; empty where the OS does not
     * tell, 0 when the segment is gone.
     */
    Optional<Integer> attachedToSharedMemory(long shmId);
}
