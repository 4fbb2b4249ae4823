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

    static RestorePlace of(Host host, Path home, String database, Optional<Path> into, Instant now)
            throws RecoveryException {
        String id = freeId(host, home, database, now);
        Path folder = home.resolve(RESTORES).resolve(id);
        Path data =
                into.map(path -> path.toAbsolutePath().normalize()).orElse(folder.resolve("data"));
        return new RestorePlace(id, folder, data, renamed(host, data, now));
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
        Path aside = data.resolveSibling(data.getFileName() + "_before_" + Timestamps.key(now));
        if (data.getParent() == null || !host.files().sameFilesystem(data, data.getParent())) {
            throw new RecoveryException(
                    ProblemCode.TARGET_NOT_EMPTY,
                    data + " on " + host.name() + " is not empty and cannot be renamed.",
                    "It is the root of a file system, so it cannot be moved out of the way as "
                            + aside.getFileName()
                            + ".",
                    "Choose a directory below it, or another one, with --into.");
        }
        return Optional.of(aside);
    }
}
