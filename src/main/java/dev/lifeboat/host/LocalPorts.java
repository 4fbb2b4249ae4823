package dev.lifeboat.host;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine, tried by listening on them. */
final class LocalPorts implements HostPorts {
    @Override
    public boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public int findFree() throws RecoveryException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "No free TCP port was found on the loopback address.",
                    "The OS said: " + none.getMessage() + ".",
                    "End programs that hold many ports, or name a port with --port.",
                    none);
        }
    }
}
