package dev.lifeboat.postgres;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;

/** What must hold before a server is started on a directory. */
final class StartChecks {
    private StartChecks() {}

    /** Processes of a dead postmaster end by themselves soon: the start waits for that. */
    static void requireNoPostmaster(Host host, Path dataDirectory) throws RecoveryException {
        var running = RunningServer.on(host, dataDirectory);
        if (running.isPresent() && running.get().postmasterAlive()) {
            throw inUse(dataDirectory, running.get());
        }
    }

    static RecoveryException inUse(Path dataDirectory, RunningServer running) {
        return new RecoveryException(
                ProblemCode.TARGET_IN_USE,
                "The data directory " + dataDirectory + " is in use.",
                running.postmasterAlive()
                        ? "A PostgreSQL server runs on it (process " + running.pid() + ")."
                        : "Processes of a server that died (" + running.pid() + ") still use it.",
                "Stop that server first, if it is the right one, or choose another directory.");
    }

    static void requireSameMajor(Host host, ServerStart start) throws RecoveryException {
        Path file = start.dataDirectory().resolve("PG_VERSION");
        if (!host.files().exists(file)) {
            throw new RecoveryException(
                    ProblemCode.SERVER_FAILED,
                    "No server can be started on " + start.dataDirectory() + ".",
                    "It is no data directory: it holds no file PG_VERSION.",
                    "Name the directory that holds PG_VERSION and global/pg_control.");
        }
        String major = host.files().readText(file).strip();
        if (!major.equals(Integer.toString(start.programs().version().major()))) {
            throw new RecoveryException(
                    ProblemCode.VERSION_MISMATCH,
                    "No server can be started on " + start.dataDirectory() + ".",
                    "The directory is of PostgreSQL "
                            + major
                            + ", the programs in "
                            + start.programs().bin()
                            + " are of "
                            + start.programs().version()
                            + ".",
                    "Install the programs with: apt-get install postgresql-" + major);
        }
    }
}
