package dev.lifeboat.doctor;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ArchiverInfo;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.PgProgram;
import dev.lifeboat.postgres.PgPrograms;
import dev.lifeboat.postgres.ServerInfo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks the database for its version, its clock, and how it archives. */
final class DatabaseCheck {
    private static final String ARCHIVE =
            "Set archive_mode = on and archive_command = 'lifeboat wal push %p' in postgresql.conf"
                    + " and restart the server.";
    private static final Duration SKEW_WARNING = Duration.ofSeconds(5);

    private final Database database;
    private final Clock clock;

    DatabaseCheck(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    List<Finding> check(PgPrograms programs) throws RecoveryException {
        List<Finding> findings = new ArrayList<>();
        ServerInfo server = ServerInfo.read(database);
        findings.add(
                Finding.ok(
                        "database",
                        "PostgreSQL "
                                + server.version()
                                + ", cluster "
                                + server.systemIdentifier()));
        try {
            var found =
                    programs.forServer(server.version(), PgProgram.PG_DUMP, PgProgram.PG_RESTORE);
            findings.add(Finding.ok("client programs", found.version() + " in " + found.bin()));
        } catch (RecoveryException missing) {
            findings.add(Finding.failure("client programs", missing.problem()));
        }
        findings.add(sessions());
        findings.add(serverLog());
        findings.add(clock());
        archiving(findings, ArchiverInfo.read(database));
        return findings;
    }

    /** What "database in use" would be about. */
    private Finding sessions() throws RecoveryException {
        long others =
                database.one(
                        row -> row.number("others"),
                        """
                        select count(*) as others from pg_stat_activity
                         where datname = current_database() and pid <> pg_backend_pid()""");
        return Finding.ok("sessions", others + " others use " + database.spec().confirmText());
    }

    /** These settings are hidden from roles outside pg_read_all_settings. */
    private Finding serverLog() throws RecoveryException {
        return Finding.ok(
                "server log",
                database.first(
                                row -> row.text("place"),
                                """
                                select case current_setting('logging_collector')
                                       when 'on' then coalesce(log.setting, 'log') || ' of '
                                            || coalesce(data.setting, 'the data directory')
                                       else 'stderr of the server: see its service, such as'
                                            || ' /var/log/postgresql or journalctl' end as place
                                  from (select 1) one
                                  left join pg_settings log on log.name = 'log_directory'
                                  left join pg_settings data on data.name = 'data_directory'""")
                        .orElse("not known"));
    }

    private Finding clock() throws RecoveryException {
        Instant theirs =
                database.one(row -> row.optionalInstant("now"), "select clock_timestamp() as now")
                        .orElseThrow();
        Duration skew = Duration.between(clock.instant(), theirs);
        String seen = skew.toSeconds() + " s beside this machine's clock";
        return skew.abs().compareTo(SKEW_WARNING) > 0
                ? Finding.warning(
                        "database clock",
                        seen,
                        "Set both machines' clocks (timedatectl set-ntp true): a recovery target"
                                + " is a time of the database's clock.")
                : Finding.ok("database clock", seen);
    }

    private static void archiving(List<Finding> findings, ArchiverInfo archiver) {
        boolean on = !archiver.mode().equals("off") && !archiver.walLevel().equals("minimal");
        findings.add(
                on
                        ? Finding.ok(
                                "archiving",
                                "archive_mode " + archiver.mode() + ", " + archiver.walLevel())
                        : Finding.warning(
                                "archiving",
                                "archive_mode is "
                                        + archiver.mode()
                                        + ", wal_level is "
                                        + archiver.walLevel()
                                        + ": no point in time can be recovered to.",
                                ARCHIVE));
        if (on) {
            findings.add(command(archiver));
            findings.add(failures(archiver));
        }
    }

    private static Finding command(ArchiverInfo archiver) {
        String command = archiver.command().orElse("");
        boolean pushes = command.contains("wal push");
        return pushes
                ? Finding.ok("archive_command", "calls wal push")
                : Finding.warning(
                        "archive_command",
                        command.isEmpty()
                                ? "It is empty, or this role may not see it."
                                : "It does not call lifeboat wal push.",
                        ARCHIVE);
    }

    private static Finding failures(ArchiverInfo archiver) {
        boolean failing =
                archiver.lastFailedAt().isPresent()
                        && (archiver.lastArchivedAt().isEmpty()
                                || archiver.lastFailedAt()
                                        .get()
                                        .isAfter(archiver.lastArchivedAt().get()));
        String seen =
                archiver.archivedCount()
                        + " archived, "
                        + archiver.failedCount()
                        + " failures"
                        + archiver.lastFailed().map(file -> ", last of " + file).orElse("");
        return failing
                ? new Finding(
                        "archiver",
                        Finding.State.FAILURE,
                        "The last attempt to archive failed: " + seen + ".",
                        "Look at the server's log for what lifeboat wal push said.")
                : Finding.ok("archiver", seen);
    }
}
