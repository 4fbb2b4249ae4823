package dev.lifeboat.ui.health;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The health as it was last read, on this machine; may be deleted at any time. Blocks for a small
 * file.
 */
final class HealthCache {
    private static final Logger LOG = LoggerFactory.getLogger(HealthCache.class);
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final Path file;

    HealthCache(Path folder) {
        this.file = folder.resolve("health.json");
    }

    Optional<HealthSummary> read() {
        try {
            return Optional.of(JSON.readValue(file.toFile(), HealthSummary.class));
        } catch (IOException | NullPointerException none) {
            return Optional.empty();
        }
    }

    void write(HealthSummary summary) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            JSON.writeValue(beside.toFile(), summary);
            Files.move(
                    beside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            LOG.info("The health is not remembered: {}", refused.toString());
        }
    }
}
