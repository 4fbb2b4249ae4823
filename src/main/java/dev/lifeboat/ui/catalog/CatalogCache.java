package dev.lifeboat.ui.catalog;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The catalog as it was last read, on this machine. It may be deleted at any time; one that cannot
 * be read counts as none. Blocks.
 */
final class CatalogCache {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogCache.class);
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final Path file;

    CatalogCache(Path folder) {
        this.file = folder.resolve("catalog.json");
    }

    /** What was read, and when. */
    record Remembered(Instant at, List<CatalogRow> rows) {
        Remembered {
            rows = List.copyOf(rows);
        }
    }

    Optional<Remembered> read() {
        try {
            return Optional.of(JSON.readValue(file.toFile(), Remembered.class));
        } catch (IOException | NullPointerException none) {
            return Optional.empty();
        }
    }

    void write(Remembered remembered) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            JSON.writeValue(beside.toFile(), remembered);
            Files.move(
                    beside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            LOG.info("The catalog is not remembered: {}", refused.toString());
        }
    }
}
