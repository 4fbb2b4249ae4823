package dev.lifeboat.sandbox;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.host.ServerUser;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The one folder of a sandbox. The unprivileged user of the server may pass through it and owns
 * what lies below {@code server}.
 *
 * @param root the folder
 * @param serverUser who runs the servers
 */
record SandboxFolder(Path root, OsUser serverUser) {
    static SandboxFolder create(Host host, OsUser serverUser) throws RecoveryException {
        try {
            Path root = Files.createTempDirectory("lifeboat-sandbox-").toRealPath();
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
            var folder = new SandboxFolder(root, serverUser);
            Files.createDirectories(folder.traffic());
            Files.createDirectories(folder.home());
            Files.setPosixFilePermissions(
                    folder.home(), PosixFilePermissions.fromString("rwx--x--x"));
            Files.createDirectories(folder.logs());
            ServerUser.requireReach(host, serverUser, root);
            host.files().createPrivateDirectory(folder.server(), serverUser);
            host.files().createPrivateDirectory(folder.socket(), serverUser);
            host.files().createPrivateDirectory(folder.serverHome(), serverUser);
            return folder;
        } catch (IOException refused) {
            throw new RecoveryException(
                    ProblemCode.ENVIRONMENT_FAILED,
                    "The sandbox cannot make its folder.",
                    "The system answered: " + refused.getMessage() + ".",
                    "Set TMPDIR to a writable folder with a few GiB of space and try again.",
                    refused);
        }
    }

    /** The objects of one region's buckets. */
    Path region(String name) {
        return root.resolve("s3").resolve(name);
    }

    Path server() {
        return root.resolve("server");
    }

    Path data() {
        return server().resolve("data");
    }

    Path socket() {
        return server().resolve("socket");
    }

    Path serverLog() {
        return server().resolve("postgresql.log");
    }

    /** Lifeboat's home of the archiving server. */
    Path serverHome() {
        return server().resolve("lifeboat");
    }

    /** The server user's copy of the encryption key. */
    Path serverKey() {
        return server().resolve("backup.key");
    }

    /** Lifeboat's home of the operator. */
    Path home() {
        return root.resolve("home");
    }

    Path key() {
        return root.resolve("backup.key");
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** What the traffic committed. */
    Path traffic() {
        return root.resolve("traffic");
    }

    /** The variables of an operator's shell. */
    Path environment() {
        return root.resolve("env.sh");
    }
}
