package dev.lifeboat.restore.spool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The server's {@code restore_command}, and the script it runs. */
final class RestoreCommand {
    private RestoreCommand() {}

    /**
     * The command, with {@code %f} and {@code %p} still in it. The script announces what it did
     * with statuses of its own; whatever else comes out of it, also when it could not be read or
     * was killed, becomes 255.
     */
    static String text(String shell, Path script, Path run) {
        return quoted(shell)
                + " "
                + quoted(script.toString())
                + " "
                + quoted(run.toString())
                + " '%f' '%p'; case $? in 90) [ -f '%p' ] && exit 0;; 91) exit 1;; esac; exit 255";
    }

    /** The script's text. */
    static byte[] script() {
        try (InputStream text = RestoreCommand.class.getResourceAsStream("serve.sh")) {
            return text.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** One word for the shell; a percent sign is doubled, as PostgreSQL reads it before. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''").replace("%", "%%") + "'";
    }
}
