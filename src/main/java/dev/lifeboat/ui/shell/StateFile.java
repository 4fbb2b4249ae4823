package dev.lifeboat.ui.shell;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps {@link ConsoleState} in a small file. A file that cannot be read or written costs only the
 * memory of the window.
 */
public final class StateFile {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private final Path file;

    public StateFile(Path file) {
        this.file = file;
    }

    /** What was remembered; that of a first time where nothing was. */
    public ConsoleState read() {
        try {
            ConsoleState state = JSON.readValue(Files.readAllBytes(file), ConsoleState.class);
            return complete(state) ? state : ConsoleState.first();
        } catch (IOException nothing) {
            return ConsoleState.first();
        }
    }

    private static boolean complete(ConsoleState state) {
        return state.theme() != null
                && state.scale() != null
                && state.destination() != null
                && state.profile() != null
                && state.width() > 0
                && state.height() > 0;
    }

    /** Remembers; written beside and moved, so that it is whole at any moment. */
    public void write(ConsoleState state) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(beside, JSON.writeValueAsBytes(state));
            Files.move(
                    beside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (JacksonException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException refused) {
            LOG.info("The window's state is not remembered: {}", refused.toString());
        }
    }
}
