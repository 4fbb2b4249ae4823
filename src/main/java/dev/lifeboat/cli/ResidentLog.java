package dev.lifeboat.cli;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the process that {@code wal push} leaves behind writes what it does. */
final class ResidentLog {
    private static final String NAME = "wal_push.log";

    private ResidentLog() {}

    /**
     * A file in the folder of logs; below LIFEBOAT_HOME where that folder is another user's, as it
     * is when backups run as root and the server does not.
     *
     * @throws RecoveryException HOST_FAILURE when neither can be written
     */
    static Path choose(Path logs, Path home) throws RecoveryException {
        if (isAppendable(logs)) {
            return logs.resolve(NAME);
        }
        Path own = home.resolve("logs");
        if (isAppendable(own)) {
            return own.resolve(NAME);
        }
        throw new RecoveryException(
                ProblemCode.HOST_FAILURE,
                "No file " + NAME + " can be written in " + logs + " or " + own + ".",
                "User " + System.getProperty("user.name") + " may write in neither.",
                "Set LIFEBOAT_HOME, or BACKUP_LOG_DIR, to a folder of this user.");
    }

    private static boolean isAppendable(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            return false;
        }
        Path log = folder.resolve(NAME);
        return Files.isWritable(Files.exists(log) ? log : folder);
    }
}
