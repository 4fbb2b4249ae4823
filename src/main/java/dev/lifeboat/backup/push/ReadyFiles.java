package dev.lifeboat.backup.push;

import dev.lifeboat.wal.WalFileName;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The files that the server wants archived, in the order in which it asks: histories first, then
 * the oldest.
 *
 * <p>Source: {@code src/backend/postmaster/pgarch.c}, ready_file_comparator.
 */
final class ReadyFiles implements AutoCloseable {
    private static final String SUFFIX = ".ready";
    private static final Comparator<String> AS_THE_SERVER_ASKS =
            Comparator.comparing((String name) -> !name.endsWith(".history"))
                    .thenComparing(Comparator.naturalOrder());

    private final Path folder;
    private final WatchService watch;

    ReadyFiles(Path statusFolder) throws IOException {
        this.folder = statusFolder;
        this.watch = FileSystems.getDefault().newWatchService();
        folder.register(
                watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
    }

    /** The names, without the suffix. */
    List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(name -> !(WalFileName.parse(name) instanceof WalFileName.Other))
                    .sorted(AS_THE_SERVER_ASKS)
                    .toList();
        }
    }

    /** Waits until something changed there, for so long at most. */
    void awaitChange(Duration atMost) throws InterruptedException {
        WatchKey changed = watch.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (changed != null) {
            changed.pollEvents();
            changed.reset();
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
