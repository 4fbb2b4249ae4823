package dev.lifeboat.backup;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.journal.Event;
import dev.lifeboat.journal.JobLock;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Region;
import dev.lifeboat.storage.RegionPair;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The record of one backup on this machine, kept so that what a killed backup left behind in the
 * bucket is found and removed by the next one. It holds {@code began}, then one of {@code
 * completed} and {@code discarded}.
 */
final class BackupJournal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupJournal.class);
    private static final String JOURNAL = "journal.jsonl";
    private static final String LOCK = "lock";
    private static final String STAGING = "staging";
    private static final String BEGAN = "began";
    private static final String COMPLETED = "completed";
    private static final String DISCARDED = "discarded";

    private final Path folder;
    private final JobLock lock;
    private final Journal journal;

    private BackupJournal(Path folder, JobLock lock, Journal journal) {
        this.folder = folder;
        this.lock = lock;
        this.journal = journal;
    }

    /** Begins the record; from here on a killed backup is known. */
    static BackupJournal begin(
            Path home,
            String id,
            BackupKind kind,
            Region region,
            BackupObjects objects,
            Clock clock)
            throws RecoveryException {
        Path folder = folders(home).resolve(id);
        create(folder);
        JobLock lock = JobLock.take(folder.resolve(LOCK));
        Journal journal = Journal.open(folder.resolve(JOURNAL), clock);
        journal.record(
                BEGAN,
                Map.of(
                        "kind", kind.word(),
                        "region", region.name(),
                        "store", objects.store().name(),
                        "stem", objects.stem(),
                        "manifest", objects.manifestKey()));
        return new BackupJournal(folder, lock, journal);
    }

    /** Where files may be put for a while; empty, removed with the record. */
    Path staging() throws RecoveryException {
        Path staging = folder.resolve(STAGING);
        create(staging);
        return staging;
    }

    void completed(BackupResult result) throws RecoveryException {
        journal.record(
                COMPLETED,
                Map.of(
                        "plainBytes", result.plainBytes(),
                        "storedBytes", result.storedBytes(),
                        "seconds", result.seconds()));
    }

    void discarded(String why) throws RecoveryException {
        journal.record(DISCARDED, Map.of("why", why));
    }

    @Override
    public void close() {
        try (lock;
                journal) {
            deleteTree(folder.resolve(STAGING));
        } catch (RecoveryException failed) {
            LOG.warn("The record {} could not be closed.", folder, failed);
        }
    }

    /**
     * Removes what killed backups left in these regions and on this disk. What cannot be removed
     * now stays recorded for the next time.
     *
     * @return the ids of the backups whose remains were removed
     */
    static List<String> sweep(Path home, RegionPair regions, Clock clock) throws RecoveryException {
        if (!Files.isDirectory(folders(home))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folders(home))) {
            return all.sorted()
                    .filter(folder -> sweepOne(folder, regions, clock))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        } catch (IOException failed) {
            throw hostFailure(folders(home), failed);
        }
    }

    private static boolean sweepOne(Path folder, RegionPair regions, Clock clock) {
        try (JobLock _ = JobLock.take(folder.resolve(LOCK))) {
            List<Event> events = Journal.read(folder.resolve(JOURNAL));
            boolean over = events.stream().anyMatch(e -> e.is(COMPLETED) || e.is(DISCARDED));
            if (over || events.isEmpty() || !events.getFirst().is(BEGAN)) {
                return false;
            }
            Event began = events.getFirst();
            for (Region region : regions.regions()) {
                if (region.store().name().equals(began.text("store").orElse(""))) {
                    new BackupObjects(
                                    region.store(),
                                    began.text("stem").orElseThrow(),
                                    began.text("manifest").orElseThrow())
                            .discard();
                    deleteTree(folder.resolve(STAGING));
                    try (var journal = Journal.open(folder.resolve(JOURNAL), clock)) {
                        journal.record(DISCARDED, Map.of("why", "the process was gone"));
                    }
                    return true;
                }
            }
            return false;
        } catch (RecoveryException busyOrUnreachable) {
            LOG.info("The backup {} is left alone.", folder.getFileName(), busyOrUnreachable);
            return false;
        }
    }

    private static Path folders(Path home) {
        return home.resolve("backups");
    }

    private static void create(Path folder) throws RecoveryException {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw hostFailure(folder, failed);
        }
    }

    /** Deletes a folder of plain files and nothing else. */
    private static void deleteTree(Path folder) throws RecoveryException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException failed) {
            throw hostFailure(folder, failed);
        }
    }

    private static RecoveryException hostFailure(Path folder, IOException cause) {
        return new RecoveryException(
                ProblemCode.HOST_FAILURE,
                "The folder " + folder + " cannot be used.",
                "The file system answered: " + cause.getMessage() + ".",
                "Mend its rights, or set LIFEBOAT_HOME to a folder of this user.",
                cause);
    }

    /** The keys of a backup of that name. */
    static BackupObjects objects(
            Region region, String prefix, BackupKind kind, String id, java.time.Instant startedAt) {
        var keys = new BackupKeys(prefix);
        return new BackupObjects(
                region.store(), keys.stem(kind, id, startedAt), keys.manifest(kind, id, startedAt));
    }
}
