package dev.lifeboat.restore;

import dev.lifeboat.host.Host;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a restore puts what it makes. Nothing that exists is overwritten: it is renamed, after
 * somebody typed its name, or the restore is refused.
 *
 * @param folder of the restore: plan, journal, spool
 * @param dataDirectory absolute
 * @param renamedTo where what lies in the data directory now goes; empty when there is nothing
 */
record RestorePlace(String id, Path folder, Path dataDirectory, Optional<Path> renamedTo) {
    private static final String RESTORES = "restores";

    /**
     * @throws RecoveryException TARGET_NOT_EMPTY when what is there cannot be renamed;
     *     TARGET_IN_USE when it lies in a data directory or holds one; TARGET_NOT_WRITABLE
     */
    static RestorePlace of(Host host, Path home, String database, Optional<Path> into, Instant now)
            throws RecoveryException {
        String id = freeId(host, home, database, now);
        Path folder = home.resolve(RESTORES).resolve(id);
        Path data =
                into.map(path -> path.toAbsolutePath().normalize()).orElse(folder.resolve("data"));
        var others = new OthersDirectories(host);
        others.requireOutside(data);
        Optional<Path> renamed = renamed(host, data, now);
        if (renamed.isPresent()) {
            others.requireNothingHeld(data, folder);
        }
        requireWritable(host, renamed.isPresent() ? data.getParent() : data);
        return new RestorePlace(id, folder, data, renamed);
    }

    /** What exists already decides: the directory, or the nearest one above it. */
    private static void requireWritable(Host host, Path directory) throws RecoveryException {
        Path place = directory;
        while (place.getParent() != null && !host.files().exists(place)) {
            place = place.getParent();
        }
        if (!host.files().writableBy(host.currentUser(), place)) {
            throw new RecoveryException(
                    ProblemCode.TARGET_NOT_WRITABLE,
                    place + " on " + host.name() + " cannot be written.",
                    "User " + host.currentUser() + " may not, or its file system is read-only.",
                    "Choose another directory with --into, or have this one made writable; see: ls -ld "
                            + place);
        }
    }

    /** An id that no restore below the folder of state has. */
    static String freeId(Host host, Path home, String database, Instant now) {
        String stem = database.replaceAll("[^A-Za-z0-9._-]", "_") + "_" + Timestamps.key(now);
        Path folders = home.resolve(RESTORES);
        String id = stem;
        for (int again = 2; host.files().exists(folders.resolve(id)); again++) {
            id = stem + "_" + again;
        }
        return id;
    }

    /**
     * What must be typed before the restore may begin; empty when nothing exists that could be
     * harmed.
     */
    Optional<String> confirm() {
        return renamedTo.map(_ -> dataDirectory.toString());
    }

    private static Optional<Path> renamed(Host host, Path data, Instant now)
            throws RecoveryException {
        if (!host.files().exists(data)) {
            return Optional.empty();
        }
        if (!host.files().isDirectory(data)) {
            throw new RecoveryException(
                    ProblemCode.TARGET_NOT_EMPTY,
                    data + " on " + host.name() + " is no directory.",
                    "Something else has that name, and nothing that exists is overwritten.",
                    "Choose another directory with --into.");
        }
        if (host.files().list(data).isEmpty()) {
            return Optional.empty();
        }
        if (data.getParent() == null || !host.files().sameFilesystem(data, data.getParent())) {
            throw new RecoveryException(
                    ProblemCode.TARGET_NOT_EMPTY,
                    data + " on " + host.name() + " is not empty and cannot be renamed.",
                    "It is the root of a file system, so it cannot be moved out of the way.",
                    "Choose a directory below it, or another one, with --into.");
        }
        return Optional.of(
                data.resolveSibling(data.getFileName() + "_before_" + Timestamps.key(now)));
    }
}
