package dev.lifeboat.monitor;

import static dev.lifeboat.monitor.HealthFinding.critical;
import static dev.lifeboat.monitor.HealthFinding.ok;
import static dev.lifeboat.monitor.HealthFinding.warning;

import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.TimeSpan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Room in the bucket, and what the database itself says. */
final class SurroundingFindings implements Findings {
    private static final double LITTLE_ROOM = 0.1;

    @Override
    public List<HealthFinding> of(Observed observed, Figures figures, Goals goals) {
        List<HealthFinding> found = new ArrayList<>();
        observed.room().ifPresent(known -> found.add(room(known)));
        observed.database()
                .ifPresent(
                        known -> {
                            known.problem().ifPresent(problem -> found.add(silent(problem)));
                            known.value().ifPresent(facts -> found.addAll(database(facts, goals)));
                        });
        return found;
    }

    private static HealthFinding room(Known<BucketRoom> known) {
        if (known.value().isEmpty()) {
            Problem problem = known.problem().orElseThrow();
            return warning(
                    HealthCheck.STORAGE,
                    "How full the bucket is is not known: " + problem.what() + " " + problem.why(),
                    problem.remedy());
        }
        BucketRoom room = known.value().get();
        double free = (double) room.freeBytes() / room.totalBytes();
        String says =
                String.format(
                        Locale.ROOT,
                        "%s of %s are free in %s (%.0f %%).",
                        ByteSize.format(room.freeBytes()),
                        ByteSize.format(room.totalBytes()),
                        room.bucket(),
                        free * 100);
        return free < LITTLE_ROOM
                ? warning(
                        HealthCheck.STORAGE,
                        says,
                        "See what may go: lifeboat cleanup; remove it: lifeboat cleanup --apply;"
                                + " or raise BACKUP_QUOTA_BYTES.")
                : ok(HealthCheck.STORAGE, says);
    }

    /** A database that is gone is what backups are for; it is not they that are ill. */
    private static HealthFinding silent(Problem problem) {
        return warning(
                HealthCheck.ARCHIVER,
                "The database does not say how it archives: "
                        + problem.what()
                        + " "
                        + problem.why(),
                problem.remedy());
    }

    private static List<HealthFinding> database(DatabaseFacts facts, Goals goals) {
        List<HealthFinding> found = new ArrayList<>();
        found.add(archiver(facts));
        facts.replayLag().ifPresent(lag -> found.add(replay(lag, goals)));
        facts.standbyLagBytes()
                .ifPresent(
                        bytes ->
                                found.add(
                                        ok(
                                                HealthCheck.REPLICATION,
                                                "The last of the standbys is "
                                                        + ByteSize.format(bytes)
                                                        + " behind.")));
        return found;
    }

    private static HealthFinding archiver(DatabaseFacts facts) {
        var archiver = facts.archiver();
        String counts =
                Words.count(archiver.archivedCount(), "segment")
                        + " archived, "
                        + Words.count(archiver.failedCount(), "failure");
        boolean off = !archiver.isOn() || archiver.walLevel().equals("minimal");
        if (off && !facts.standby()) {
            return critical(
                    HealthCheck.ARCHIVER,
                    "The database does not archive: archive_mode is "
                            + archiver.mode()
                            + ", wal_level is "
                            + archiver.walLevel()
                            + ".",
                    "Set archive_mode = on and archive_command = 'lifeboat wal push %p' in"
                            + " postgresql.conf and restart the server.");
        }
        return archiver.isFailing()
                ? critical(
                        HealthCheck.ARCHIVER,
                        "The last attempt to archive failed: "
                                + counts
                                + archiver.lastFailed().map(file -> ", last of " + file).orElse("")
                                + ".",
                        "Read what lifeboat wal push said in the server's log; then: lifeboat"
                                + " doctor.")
                : ok(HealthCheck.ARCHIVER, "The database archives: " + counts + ".");
    }

    private static HealthFinding replay(Duration lag, Goals goals) {
        String says = "This standby replayed a commit last " + TimeSpan.told(lag) + " ago.";
        return lag.compareTo(goals.loss()) > 0
                ? warning(
                        HealthCheck.REPLICATION,
                        says,
                        "See whether the primary is idle, and primary_conninfo and"
                                + " pg_stat_wal_receiver.")
                : ok(HealthCheck.REPLICATION, says);
    }
}
