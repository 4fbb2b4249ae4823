package dev.lifeboat.doctor;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.settings.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the logs of backups and restores lie, and whether the next one can be written. */
final class LogCheck {
    private final Settings settings;

    LogCheck(Settings settings) {
        this.settings = settings;
    }

    Finding check() throws RecoveryException {
        Path folder = settings.logDirectory().toAbsolutePath().normalize();
        Path existing = existing(folder);
        if (!Files.isWritable(existing)) {
            return Finding.warning(
                    "logs",
                    existing
                            + " cannot be written, so that jobs log to "
                            + settings.archivingLogDirectory()
                            + " instead.",
                    "Mend its rights (ls -ld " + existing + "), or set BACKUP_LOG_DIR.");
        }
        return Finding.ok(
                "logs",
                folder
                        + ": "
                        + newest(folder, "backup_").orElse("no backup_*.log yet")
                        + ", "
                        + newest(folder, "restore_").orElse("no restore_*.log yet"));
    }

    private static Path existing(Path folder) {
        Path path = folder;
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    /** By name: it holds the time. */
    private static Optional<String> newest(Path folder, String kind) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(kind) && name.endsWith(".log"))
                    .max(String::compareTo);
        } catch (IOException none) {
            return Optional.empty();
        }
    }
}
