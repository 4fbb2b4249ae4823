package dev.lifeboat.restore;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The directory of the server's socket. Nobody but the server's user (and root) may enter it, which
 * is what guards a server that trusts whoever reaches it. It lies in the restore's folder, or,
 * where that path is too long for a socket, in the temporary folder.
 */
final class SocketDirectory {
    /** With {@code /.s.PGSQL.65535} it must stay within the 103 bytes that every OS takes. */
    private static final int LONGEST = 88;

    private SocketDirectory() {}

    static Path of(RestoreSite site) throws RecoveryException {
        Optional<Path> made =
                site.history()
                        .last(RestoreHistory.SOCKET)
                        .flatMap(event -> event.text("path"))
                        .map(Path::of);
        Path directory = made.isPresent() ? made.get() : choose(site);
        site.files().createPrivateDirectory(directory, site.tools().serverUser());
        return directory;
    }

    private static Path choose(RestoreSite site) throws RecoveryException {
        Path directory = site.folder().socket();
        if (directory.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            directory = temporary(site);
        }
        site.journal().record(RestoreHistory.SOCKET, Map.of("path", directory.toString()));
        return directory;
    }

    private static Path temporary(RestoreSite site) throws RecoveryException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path directory = Files.createTempDirectory(parent, "lifeboat-");
            site.files().chown(directory, site.tools().serverUser());
            return directory;
        } catch (IOException failed) {
            throw FileProblem.of("The socket's directory could not be made", parent, failed);
        }
    }
}
