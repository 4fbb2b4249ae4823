package dev.lifeboat.monitor.alert;

import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.monitor.Severity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** What was told to whom. One that cannot be read counts as empty: rather told twice than never. */
final class ToldFile {
    private static final Logger LOG = LoggerFactory.getLogger(ToldFile.class);

    private final Path file;

    ToldFile(Path file) {
        this.file = file;
    }

    Map<String, Map<String, Severity>> read() {
        try {
            return new TreeMap<>(AlertJson.told(Files.readAllBytes(file)));
        } catch (NoSuchFileException never) {
            return new TreeMap<>();
        } catch (IOException unreadable) {
            LOG.warn("What was told is forgotten: {} cannot be read.", file, unreadable);
            return new TreeMap<>();
        }
    }

    void write(Map<String, Map<String, Severity>> told) throws RecoveryException {
        try {
            Files.createDirectories(file.getParent());
            Path beside = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(beside, AlertJson.told(told));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new RecoveryException(
                    ProblemCode.HOST_FAILURE,
                    "What was told cannot be remembered in " + file + ".",
                    "The file system answered: " + unwritable.getMessage() + ".",
                    "Mend its rights, or set LIFEBOAT_HOME to a folder of this user; until then"
                            + " messages repeat.",
                    unwritable);
        }
    }
}
