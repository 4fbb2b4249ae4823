package dev.lifeboat.host;

import dev.lifeboat.kernel.RecoveryException;

/**
 * The machine that a restore, a server or a program runs on. Everything Lifeboat does to files,
 * processes, ports and users of a machine goes through here, so that a plan can name the machine it
 * acts on. Safe for use by many threads.
 */
public interface Host {
    /** The machine's own name, as {@code uname -n} prints it. */
    String name();

    /** The OS user this program runs as. */
    OsUser currentUser();

    /**
     * Looks an OS user up by name.
     *
     * @throws RecoveryException {@code SETTING_INVALID} when the machine has no such user
     */
    OsUser user(String name) throws RecoveryException;

    /** Memory of the machine, or of the container the program is confined to, in bytes. */
    long memoryBytes();

    /** Processors this program may use. */
    int processors();

    HostFiles files();

    HostPorts ports();

    HostProcesses processes();
}
