package dev.lifeboat.host;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a user may do with a path. The question is put to the OS as that user, so access control
 * lists, read-only mounts and root-squashing network filesystems count as they will later.
 */
final class AccessCheck {
    /** Prints the first of its arguments that does not pass the test given first. */
    private static final String FIRST_REFUSED =
            "t=$1; shift; for p in \"$@\"; do [ \"$t\" \"$p\" ] || { printf %s \"$p\"; exit 0; };"
                    + " done";

    private final LocalProcesses processes;
    private final LocalUsers users;

    AccessCheck(LocalProcesses processes, LocalUsers users) {
        this.processes = processes;
        this.users = users;
    }

    boolean readable(OsUser user, Path path) throws RecoveryException {
        return refused(user, "-r", List.of(path)).isEmpty()
                && (!Files.isDirectory(path) || refused(user, "-x", List.of(path)).isEmpty());
    }

    boolean writable(OsUser user, Path path) throws RecoveryException {
        return refused(user, "-w", List.of(path)).isEmpty()
                && (!Files.isDirectory(path) || refused(user, "-x", List.of(path)).isEmpty());
    }

    Optional<Path> blockedAt(OsUser user, Path directory) throws RecoveryException {
        var ancestors = new ArrayList<Path>();
        for (Path each = directory.toAbsolutePath().normalize();
                each != null;
                each = each.getParent()) {
            if (Files.isDirectory(each)) {
                ancestors.addFirst(each);
            }
        }
        return refused(user, "-x", ancestors);
    }

    private Optional<Path> refused(OsUser user, String test, List<Path> paths)
            throws RecoveryException {
        if (user.equals(users.current())) {
            return paths.stream().filter(path -> !passes(test, path)).findFirst();
        }
        var command = new ArrayList<>(List.of("/bin/sh", "-c", FIRST_REFUSED, "sh", test));
        paths.forEach(path -> command.add(path.toString()));
        var asked = processes.start(ProcessSpec.of(command).as(user));
        try {
            String answer =
                    new String(asked.stdout().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (asked.waitFor(CancelToken.never()) != 0) {
                throw new IOException(
                        new String(asked.stderr().readAllBytes(), StandardCharsets.UTF_8).strip());
            }
            return answer.isEmpty() ? Optional.empty() : Optional.of(Path.of(answer));
        } catch (IOException failed) {
            throw FileProblem.of(
                    "The rights of OS user " + user + " could not be tested",
                    paths.getFirst(),
                    failed);
        }
    }

    private static boolean passes(String test, Path path) {
        return switch (test) {
            case "-r" -> Files.isReadable(path);
            case "-w" -> Files.isWritable(path);
            default -> Files.isExecutable(path);
        };
    }
}
