package dev.lifeboat.postgres;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The file of a server's Unix-domain socket.
 *
 * <p>Source: PostgreSQL documentation, 20.3.1 unix_socket_directories; unix(7): at most 107 bytes
 * on Linux, 103 on macOS.
 */
final class SocketPath {
    private static final int MAX_BYTES = 103;

    private SocketPath() {}

    static Path of(Path directory, int port) {
        return directory.resolve(".s.PGSQL." + port);
    }

    /** Says it before the server does, in words that help. */
    static void require(Map<String, String> settings) throws RecoveryException {
        for (String directory : settings.getOrDefault("unix_socket_directories", "").split(",")) {
            String path = of(Path.of(directory.strip()), 65_535).toString();
            int bytes = path.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                throw new RecoveryException(
                        ProblemCode.SETTING_INVALID,
                        "The directory " + directory + " is too long for a server's socket.",
                        "The socket's path would have "
                                + bytes
                                + " bytes; the operating system"
                                + " takes "
                                + MAX_BYTES
                                + ".",
                        "Choose a shorter directory, for example below /tmp.");
            }
        }
    }
}
