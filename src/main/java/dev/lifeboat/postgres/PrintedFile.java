package dev.lifeboat.postgres;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of this user alone that a program prints into; gone when it is closed. */
final class PrintedFile implements AutoCloseable {
    private final Path path;

    /**
     * @throws RecoveryException {@code NO_SPACE} when it cannot be made
     */
    PrintedFile() throws RecoveryException {
        try {
            this.path = Files.createTempFile("lifeboat-", ".list");
        } catch (IOException refused) {
            throw noSpace("The folder for temporary files takes no file.", refused);
        }
    }

    Path path() {
        return path;
    }

    /** What was printed. */
    List<String> lines() throws RecoveryException {
        try {
            return Files.readAllLines(path);
        } catch (IOException gone) {
            throw noSpace("The file " + path + " cannot be read.", gone);
        }
    }

    private static RecoveryException noSpace(String what, IOException cause) {
        return new RecoveryException(
                ProblemCode.NO_SPACE,
                what,
                "The system answered: " + cause.getMessage() + ".",
                "Free space there, or name another folder in TMPDIR.",
                cause);
    }

    @Override
    public void close() throws RecoveryException {
        try {
            Files.deleteIfExists(path);
        } catch (IOException refused) {
            throw noSpace("The file " + path + " cannot be removed.", refused);
        }
    }
}
