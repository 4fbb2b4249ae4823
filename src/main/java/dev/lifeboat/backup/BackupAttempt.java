package dev.lifeboat.backup;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Destination;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The frame around every kind of backup: what earlier ones left is removed, the attempt is
 * recorded, and when it fails what it wrote is removed and the database told.
 */
final class BackupAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(BackupAttempt.class);

    private final BackupKind kind;
    private final BackupSource source;
    private final BackupTarget target;
    private final BackupRun run;

    /** What is particular about one kind of backup. */
    interface Work {
        /**
         * Writes everything, the manifest last.
         *
         * @return the result without its duration
         */
        BackupResult in(Started started) throws RecoveryException;
    }

    /**
     * An attempt under way.
     *
     * @param startedAt whole seconds, as the id says
     */
    record Started(
            String id,
            Instant startedAt,
            long startedNanos,
            Destination destination,
            BackupObjects objects,
            BackupJournal journal) {
        double seconds() {
            return Math.round((System.nanoTime() - startedNanos) / 1e6) / 1e3;
        }
    }

    BackupAttempt(BackupKind kind, BackupSource source, BackupTarget target, BackupRun run) {
        this.kind = kind;
        this.source = source;
        this.target = target;
        this.run = run;
    }

    BackupResult make(Work work) throws RecoveryException {
        long startedNanos = System.nanoTime();
        sweep();
        Instant startedAt = run.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        String id = BackupKeys.id(kind, source.database().database(), startedAt);
        Destination destination = target.backups().destination();
        BackupObjects objects =
                BackupJournal.objects(destination.region(), target.prefix(), kind, id, startedAt);
        objects.requireNone();
        try (BackupJournal journal =
                BackupJournal.begin(
                        run.home(), id, kind, destination.region(), objects, run.clock())) {
            var started = new Started(id, startedAt, startedNanos, destination, objects, journal);
            run.log().say(kind.word() + " backup " + id + " to " + objects.store().name() + ".");
            destination
                    .diverted()
                    .ifPresent(why -> run.log().say("The primary region is left out: " + why));
            return completed(started, attempt(started, work));
        }
    }

    private BackupResult attempt(Started started, Work work) throws RecoveryException {
        try {
            return work.in(started);
        } catch (RecoveryException failure) {
            failed(started, failure);
            throw failure;
        } catch (RuntimeException | Error unknown) {
            failed(
                    started,
                    new RecoveryException(
                            ProblemCode.UNEXPECTED,
                            "The backup broke down.",
                            "It met " + unknown.getClass().getSimpleName() + ".",
                            "Look at the log, then take it again.",
                            unknown));
            throw unknown;
        }
    }

    private BackupResult completed(Started started, BackupResult result) throws RecoveryException {
        started.journal().completed(result);
        Optional<String> unnoted = new BackupHistory(source.database()).completed(result);
        run.log().say("Complete: " + result.key() + ", " + result.storedBytes() + " bytes stored.");
        BackupResult told = result;
        for (Optional<String> warning : List.of(unnoted, copyToDr(started))) {
            if (warning.isPresent()) {
                run.log().say("Warning: " + warning.get());
                told = told.warning(warning.get());
            }
        }
        return told;
    }

    /** The backup is complete all the same when this fails; it is not safe yet. */
    private Optional<String> copyToDr(Started started) {
        var copy = new CopyToDr(target.backups());
        if (!target.copyToDr()
                || !copy.isPossible()
                || started.destination().diverted().isPresent()) {
            return Optional.empty();
        }
        try {
            var outcome = copy.copy(started.objects().stem(), run.cancel(), Progress.unwatched());
            run.log().say("Copied to DR: " + outcome.copied() + " objects.");
            return Optional.empty();
        } catch (RecoveryException failed) {
            return Optional.of("It is not in the DR region yet: " + failed.problem());
        }
    }

    private void failed(Started started, RecoveryException failure) {
        run.log()
                .say(
                        (failure instanceof CancelledException ? "Stopped: " : "Failed: ")
                                + failure.problem());
        try {
            int removed = started.objects().discard();
            started.journal().discarded(failure.problem().toString());
            run.log().say("Removed what it had written: " + removed + " objects.");
        } catch (RecoveryException remains) {
            LOG.warn("What {} wrote is still there.", started.id(), remains);
            run.log()
                    .say(
                            "What it had written could not be removed; the next backup does it: "
                                    + remains.problem());
        }
        new BackupHistory(source.database())
                .failed(kind, started.id(), failure.problem(), started.seconds())
                .ifPresent(why -> run.log().say("Warning: " + why));
    }

    private void sweep() throws RecoveryException {
        var records =
                new FailureRecords(target.backups(), new BackupKeys(target.prefix()), run.clock());
        for (String id : BackupJournal.sweep(run.home(), target.backups(), run.clock())) {
            records.gone(id);
            run.log().say("Removed what the interrupted backup " + id + " had left.");
        }
    }
}
