package dev.lifeboat.restore.spool;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.WalNeed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The spool's folder. It belongs to the user this program runs as; only the runs in it belong to
 * the server's user, so the server can tamper with nothing but its own run.
 *
 * <p>One process at a time works on it: the one that holds the job's lock.
 */
public final class Spool {
    private static final String SCRIPT = "serve";
    private static final String INCOMING = "incoming";

    private final Path root;
    private final HostFiles files;
    private final OsUser engine;
    private final OsUser server;

    /**
     * @param root must lie on the file system of the data directory; made by {@link #nextRun}
     * @param engine the user this program runs as
     * @param server the user the server runs as
     */
    public Spool(Path root, HostFiles files, OsUser engine, OsUser server) {
        this.root = root;
        this.files = files;
        this.engine = engine;
        this.server = server;
    }

    /** The newest run as it stands, for somebody who must not disturb it. */
    public Optional<SpoolRun> currentRun() throws RecoveryException {
        return newest().map(number -> new SpoolRun(folder(number), root, files, server));
    }

    /**
     * Begins a run for the next start of the server. What lies ready stays ready; requests and
     * verdicts of the run before are forgotten, and a command that still waits there ends with
     * "could not know". Call it only while no server of this restore runs.
     *
     * @param serverWal the server's {@code pg_wal}: what was served and is not whole there will be
     *     served again
     */
    public SpoolRun nextRun(WalNeed need, Path serverWal) throws RecoveryException {
        prepareRoot();
        Optional<Integer> last = newest();
        Path folder = folder(last.orElse(0) + 1);
        if (last.isPresent()) {
            files.rename(folder(last.get()), folder);
        }
        var run = new SpoolRun(folder, root, files, server);
        run.begin(need);
        new ServedSegments(run, serverWal, need.segmentBytes()).forgetWhatIsNotWhole();
        return run;
    }

    /**
     * Goes on with the run of a server that still runs, as the engine behind it.
     *
     * @throws RecoveryException JOB_UNKNOWN when there is no run
     */
    public SpoolRun takeOver(WalNeed need) throws RecoveryException {
        SpoolRun run =
                currentRun()
                        .orElseThrow(
                                () ->
                                        new RecoveryException(
                                                ProblemCode.JOB_UNKNOWN,
                                                "The restore's spool is gone.",
                                                "There is no run of it in " + root + ".",
                                                "Discard this restore and begin anew."));
        prepareRoot();
        run.begin(need);
        return run;
    }

    private void prepareRoot() throws RecoveryException {
        files.createPrivateDirectory(root, engine);
        files.setPermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        Path incoming = root.resolve(INCOMING);
        if (files.exists(incoming)) {
            files.deleteTree(incoming, root);
        }
        files.createPrivateDirectory(incoming, engine);
        Path script = root.resolve(SCRIPT);
        files.writeDurably(script, RestoreCommand.script(), engine);
        files.setPermissions(script, PosixFilePermissions.fromString("r--r--r--"));
    }

    private Path folder(int number) {
        return root.resolve(Integer.toString(number));
    }

    private Optional<Integer> newest() throws RecoveryException {
        if (!files.exists(root)) {
            return Optional.empty();
        }
        return files.list(root).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .max(Integer::compare);
    }

    static Path script(Path root) {
        return root.resolve(SCRIPT);
    }

    static Path incoming(Path root) {
        return root.resolve(INCOMING);
    }

    /** Puts a small file in place whole; it need not survive a crash of the machine. */
    static void write(Path root, Path file, String content, HostFiles files, OsUser owner)
            throws RecoveryException {
        Path beside = incoming(root).resolve(file.getFileName() + ".new");
        try {
            Files.writeString(beside, content, StandardCharsets.UTF_8);
            files.chown(beside, owner);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw FileProblem.of("The spool could not be written", file, failed);
        }
    }
}
