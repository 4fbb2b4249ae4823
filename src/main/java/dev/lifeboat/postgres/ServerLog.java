package dev.lifeboat.postgres;

import dev.lifeboat.host.FileProblem;
import dev.lifeboat.kernel.RecoveryException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's log, read as it grows. Every line is delivered once, when it is complete. Not safe for
 * use by several threads.
 */
public final class ServerLog {
    private static final int CHUNK = 64 * 1024;
    private static final int MAX_LINE = 64 * 1024;
    private final Path file;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private long position;

    /**
     * @param from where to begin, in bytes
     */
    public ServerLog(Path file, long from) {
        this.file = file;
        this.position = from;
    }

    public Path file() {
        return file;
    }

    /** Where the next call reads on, in bytes. */
    public long position() {
        return position;
    }

    /** The recognised lines that were written since the last call. */
    public List<ServerLogEvent> poll() throws RecoveryException {
        var events = new ArrayList<ServerLogEvent>();
        for (String line : lines()) {
            ServerLogEvent.read(line).ifPresent(events::add);
        }
        return events;
    }

    /** All complete lines that were written since the last call. */
    public List<String> lines() throws RecoveryException {
        var lines = new ArrayList<String>();
        if (!Files.exists(file)) {
            return lines;
        }
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(position);
            byte[] chunk = new byte[CHUNK];
            for (int read = log.read(chunk); read > 0; read = log.read(chunk)) {
                position += read;
                split(chunk, read, lines);
            }
        } catch (IOException unreadable) {
            throw FileProblem.of("The server's log could not be read", file, unreadable);
        }
        return lines;
    }

    private void split(byte[] chunk, int length, List<String> lines) {
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') {
                lines.add(partial.toString(StandardCharsets.UTF_8));
                partial.reset();
            } else if (partial.size() < MAX_LINE) {
                partial.write(chunk[i]);
            }
        }
    }
}
