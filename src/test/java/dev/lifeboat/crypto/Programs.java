package dev.lifeboat.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the programs that Lifeboat's objects must be readable with. */
public final class Programs {
    private Programs() {}

    /** What {@code openssl enc OPTIONS} makes of the input. */
    public static byte[] openssl(String passphrase, byte[] input, String options) {
        try {
            Path key = Files.createTempFile("lifeboat", ".key");
            try {
                Files.writeString(key, passphrase);
                String command = "openssl enc -aes-256-cbc -pass file:" + key + " " + options;
                return run(input, command.split(" "));
            } finally {
                Files.delete(key);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * What a program makes of its standard input; fails when it is missing, or ends with an error.
     */
    public static byte[] run(byte[] input, String... command) {
        try {
            Path in = Files.createTempFile("lifeboat", ".in");
            Path out = Files.createTempFile("lifeboat", ".out");
            Path err = Files.createTempFile("lifeboat", ".err");
            try {
                Files.write(in, input);
                var builder = new ProcessBuilder(command);
                builder.redirectInput(in.toFile());
                builder.redirectOutput(out.toFile());
                builder.redirectError(err.toFile());
                int status = builder.start().waitFor();
                if (status != 0) {
                    throw new AssertionError(
                            List.of(command)
                                    + " ended with "
                                    + status
                                    + ": "
                                    + Files.readString(err));
                }
                return Files.readAllBytes(out);
            } finally {
                Files.delete(in);
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException missing) {
            throw new AssertionError("This test needs the program " + command[0], missing);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
