package dev.lifeboat.journal;

import dev.lifeboat.kernel.Timestamps;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The readable log of one run: a line for each thing that was done, with its time in UTC, for
 * somebody who looks into {@code storage/logs} a week later. Unlike a journal nothing depends on
 * it: when it cannot be written, the run goes on. Safe for use by many threads.
 */
public final class RunLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
    private final Clock clock;
    private final Path file;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private Writer writer;

    private RunLog(Clock clock, Path file, Writer writer) {
        this.clock = clock;
        this.file = file;
        this.writer = writer;
    }

    /**
     * Opens {@code <kind>_<time>.log} in the first of the directories that can be written; with
     * none, lines reach the listeners alone.
     */
    public static RunLog open(List<Path> directories, String kind, Clock clock) {
        String name = kind + "_" + Timestamps.key(clock.instant()) + ".log";
        for (Path directory : directories) {
            Path file = directory.resolve(name);
            try {
                Files.createDirectories(directory);
                return new RunLog(clock, file, appending(file));
            } catch (IOException unwritable) {
                LOG.warn("There will be no log {}.", file, unwritable);
            }
        }
        return new RunLog(clock, Path.of(name), null);
    }

    /** A log that only listeners hear. */
    public static RunLog unwritten(Clock clock) {
        return new RunLog(clock, Path.of(""), null);
    }

    private static Writer appending(Path file) throws IOException {
        return Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Where it is written. */
    public Path file() {
        return file;
    }

    /** Calls the listener with each line, without its time, in the thread that says it. */
    public void onLine(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Adds a line; line breaks in it become several lines. */
    public synchronized void say(String line) {
        listeners.forEach(listener -> listener.accept(line));
        if (writer == null) {
            return;
        }
        try {
            String at = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
            for (String part : line.split("\n", -1)) {
                writer.write(at + "  " + part + "\n");
            }
            writer.flush();
        } catch (IOException failed) {
            LOG.warn("The log {} cannot be written any further.", file, failed);
            close();
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException failed) {
            LOG.warn("The end of the log {} may be missing.", file, failed);
        }
        writer = null;
    }
}
