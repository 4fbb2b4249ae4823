package dev.lifeboat.restore.place;

import dev.lifeboat.host.HostFiles;
import dev.lifeboat.host.OsUser;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory that a restore makes, or takes when it is empty. A marker file in it says so; only a
 * directory with this restore's marker is ever written into, cleared or removed.
 */
public final class ClaimedDirectory {
    private static final String MADE = "made";
    private static final String FOUND_EMPTY = "found empty";

    private final Path directory;
    private final String marker;
    private final HostFiles files;
    private final OsUser engine;

    /** What is there now. */
    public enum State {
        ABSENT,
        EMPTY,
        OURS,
        FOREIGN
    }

    /**
     * @param restoreId whose marker counts
     * @param engine the user this program runs as, who owns the directory until it is handed to the
     *     server
     */
    public ClaimedDirectory(Path directory, String restoreId, HostFiles files, OsUser engine) {
        this.directory = directory;
        this.marker = "lifeboat-" + restoreId;
        this.files = files;
        this.engine = engine;
    }

    public Path path() {
        return directory;
    }

    public State state() throws RecoveryException {
        if (!files.exists(directory)) {
            return State.ABSENT;
        }
        if (!files.isDirectory(directory)) {
            return State.FOREIGN;
        }
        List<Path> entries = files.list(directory);
        if (entries.isEmpty()) {
            return State.EMPTY;
        }
        return files.exists(markerFile()) ? State.OURS : State.FOREIGN;
    }

    /**
     * Makes the directory, or takes an empty one. One that is ours already stays as it is.
     *
     * @throws RecoveryException TARGET_NOT_EMPTY when something is in it that this restore did not
     *     put there
     */
    public void claim() throws RecoveryException {
        switch (state()) {
            case ABSENT -> {
                files.createPrivateDirectory(directory, engine);
                mark(MADE);
            }
            case EMPTY -> {
                mark(FOUND_EMPTY);
                files.chown(directory, engine);
            }
            case OURS -> {
                // Claimed by an earlier process of this restore.
            }
            case FOREIGN -> throw foreign();
        }
    }

    /** Removes everything in it but the marker. */
    public void clear() throws RecoveryException {
        requireOurs();
        for (Path entry : files.list(directory)) {
            if (!entry.equals(markerFile())) {
                files.deleteTree(entry, directory);
            }
        }
        files.fsyncDirectory(directory);
    }

    /** Gives the directory itself to the server. */
    public void handTo(OsUser server) throws RecoveryException {
        requireOurs();
        files.chown(markerFile(), server);
        files.chown(directory, server);
    }

    /** Removes what this restore put there; the directory too, unless it was found empty. */
    public void remove() throws RecoveryException {
        if (state() == State.ABSENT || state() == State.EMPTY) {
            return;
        }
        requireOurs();
        boolean made = files.readText(markerFile()).strip().equals(MADE);
        clear();
        files.deleteTree(markerFile(), directory);
        if (made) {
            files.deleteTree(directory, directory.toAbsolutePath().getParent());
        }
    }

    private void mark(String how) throws RecoveryException {
        files.writeDurably(markerFile(), (how + "\n").getBytes(StandardCharsets.UTF_8), engine);
    }

    private Path markerFile() {
        return directory.resolve(marker);
    }

    private void requireOurs() throws RecoveryException {
        if (state() != State.OURS) {
            throw foreign();
        }
    }

    private RecoveryException foreign() {
        return new RecoveryException(
                ProblemCode.TARGET_NOT_EMPTY,
                "The directory " + directory + " is not touched.",
                "It does not hold the marker of this restore, so something else is in it.",
                "Look what it is with: ls -la " + directory + "; then choose another directory.");
    }
}
