package dev.lifeboat.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lines of {@code postmaster.pid}. While the server starts the later ones are missing.
 *
 * <p>Source: src/include/utils/pidfile.h: pid, data directory, start time, port, socket directory,
 * listen address, shared memory key and id, status.
 *
 * @param status empty when not written yet
 */
record PostmasterPid(
        long pid,
        Optional<Path> dataDirectory,
        OptionalLong startedEpochSeconds,
        int port,
        Optional<Path> socketDirectory,
        OptionalLong sharedMemoryId,
        String status) {
    static final String FILE = "postmaster.pid";

    /** Empty when the first line is no process id. */
    static Optional<PostmasterPid> read(List<String> lines) {
        OptionalLong pid = number(line(lines, 0));
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        String[] sharedMemory = line(lines, 6).split("\\s+");
        return Optional.of(
                new PostmasterPid(
                        Math.abs(pid.getAsLong()),
                        path(line(lines, 1)),
                        number(line(lines, 2)),
                        (int) number(line(lines, 3)).orElse(0),
                        path(line(lines, 4)),
                        sharedMemory.length < 2 ? OptionalLong.empty() : number(sharedMemory[1]),
                        line(lines, 7)));
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }

    private static Optional<Path> path(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }

    /** A single-user backend writes its process id negative. */
    private static OptionalLong number(String text) {
        return text.matches("-?\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }
}
