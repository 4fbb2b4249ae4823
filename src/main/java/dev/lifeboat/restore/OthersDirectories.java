package dev.lifeboat.restore;

import dev.lifeboat.host.Host;
import dev.lifeboat.host.HostFiles;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps a restore from being put into a database's own directory, and from moving one aside
 * together with the directory that holds it. A server need not run there: it may be started at any
 * time, and it finds neither its files nor what strangers put among them.
 */
final class OthersDirectories {
    /** Deep enough for {@code /var/lib/postgresql/15/main} below {@code /var}. */
    private static final int DEPTH = 4;

    private final Host host;
    private final HostFiles files;

    OthersDirectories(Host host) {
        this.host = host;
        this.files = host.files();
    }

    /**
     * Links are followed: what counts is where the files would lie.
     *
     * @throws RecoveryException TARGET_IN_USE when the directory lies below a data directory
     */
    void requireOutside(Path directory) throws RecoveryException {
        Path real = files.real(directory);
        for (Path above = real.getParent(); above != null; above = above.getParent()) {
            if (isDataDirectory(above)) {
                throw refused(
                        directory + " on " + host.name() + " lies inside a data directory.",
                        "What is put there would be among the files of the database in "
                                + above
                                + ", and in its base backups.");
            }
        }
    }

    /**
     * Before a directory is moved aside. One that is a data directory itself is not looked into.
     *
     * @param journal the folder of the restore that asks
     * @throws RecoveryException TARGET_IN_USE when it holds a data directory or that folder, or
     *     cannot be looked through
     */
    void requireNothingHeld(Path directory, Path journal) throws RecoveryException {
        Path real = files.real(directory);
        if (files.real(journal).startsWith(real)) {
            throw refused(
                    directory + " on " + host.name() + " cannot be moved aside.",
                    "It holds the journals of Lifeboat's restores, this one's among them.");
        }
        if (isDataDirectory(real)) {
            return;
        }
        Optional<Path> held = dataDirectoryBelow(real, DEPTH);
        if (held.isPresent()) {
            throw refused(
                    directory + " on " + host.name() + " cannot be moved aside.",
                    "It holds the data directory " + held.get() + ", which would move with it.");
        }
    }

    private Optional<Path> dataDirectoryBelow(Path directory, int depth) throws RecoveryException {
        for (Path child : files.list(directory)) {
            if (!files.isDirectory(child)) {
                continue;
            }
            if (isDataDirectory(child)) {
                return Optional.of(child);
            }
            Optional<Path> held =
                    depth == 1 ? Optional.empty() : dataDirectoryBelow(child, depth - 1);
            if (held.isPresent()) {
                return held;
            }
        }
        return Optional.empty();
    }

    private boolean isDataDirectory(Path directory) {
        return files.exists(directory.resolve("PG_VERSION"))
                && files.exists(directory.resolve("global"));
    }

    private static RecoveryException refused(String what, String why) {
        return new RecoveryException(
                ProblemCode.TARGET_IN_USE,
                what,
                why,
                "Choose another directory with --into: a new one, outside of every database's.");
    }
}
