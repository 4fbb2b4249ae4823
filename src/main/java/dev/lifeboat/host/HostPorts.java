package dev.lifeboat.host;

import dev.lifeboat.kernel.RecoveryException;

/** TCP ports of the machine, seen from its loopback address. */
public interface HostPorts {
    /**
     * Whether a server could listen on that port of the loopback address now. A moment later
     * somebody else may have taken it.
     */
    boolean isFree(int port);

    /**
     * A port that is free now, chosen by the OS.
     *
     * @throws RecoveryException {@code HOST_FAILURE} when there is none
     */
    int findFree() throws RecoveryException;
}
