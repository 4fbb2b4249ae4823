package dev.lifeboat.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Small questions to small programs of the OS. */
final class Shell {
    private Shell() {}

    /** The first line a program prints; empty when it is missing, fails or prints nothing. */
    static Optional<String> firstLine(String... command) {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean succeeded = process.waitFor() == 0;
            return succeeded ? printed.lines().findFirst() : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
