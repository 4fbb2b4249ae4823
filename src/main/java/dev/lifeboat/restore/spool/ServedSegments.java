package dev.lifeboat.restore.spool;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes sure, before a start of the server, that what counts as served lies whole in its own
 * folder: a server that was killed may not have got to keep what it was given.
 */
record ServedSegments(SpoolRun run, Path serverWal, int segmentBytes) {
    void forgetWhatIsNotWhole() throws RecoveryException {
        for (String name : run.served()) {
            if (!isWhole(serverWal.resolve(name))) {
                run.forgetServed(name);
            }
        }
    }

    private boolean isWhole(Path segment) throws RecoveryException {
        try {
            return Files.isRegularFile(segment) && Files.size(segment) == segmentBytes;
        } catch (IOException failed) {
            throw FileProblem.of("The server's WAL could not be looked at", segment, failed);
        }
    }
}
