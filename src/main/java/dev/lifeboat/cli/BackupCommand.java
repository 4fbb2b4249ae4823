package dev.lifeboat.cli;

import dev.lifeboat.backup.BackupResult;
import dev.lifeboat.backup.BackupRun;
import dev.lifeboat.backup.BackupSource;
import dev.lifeboat.backup.BackupTarget;
import dev.lifeboat.backup.BaseBackup;
import dev.lifeboat.backup.BaseOptions;
import dev.lifeboat.backup.ConfigBackup;
import dev.lifeboat.backup.FailureRecords;
import dev.lifeboat.backup.FullBackup;
import dev.lifeboat.backup.WalSwitch;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Version;
import dev.lifeboat.journal.RunLog;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.settings.Replication;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code backup}: takes one. */
@Command(
        name = "backup",
        description = "Takes a backup.",
        subcommands = {
            BackupCommand.Full.class,
            BackupCommand.Base.class,
            BackupCommand.Config.class,
            BackupCommand.Wal.class
        })
final class BackupCommand extends CommandGroup {
    private static final Duration ARCHIVE_PATIENCE = Duration.ofMinutes(5);

    /** One kind of backup, with everything it needs. */
    private interface Taking<T> {
        T take(BackupSource source, BackupTarget target, BackupRun run) throws RecoveryException;
    }

    /** A backup of this kind; that it failed is recorded where every monitor sees it. */
    private static int take(Session session, BackupKind kind, Taking<BackupResult> taking)
            throws RecoveryException {
        Settings settings = session.settingsForWriting();
        try (Engine engine = session.engine(settings, RegionChoice.AUTO);
                ConnectionSpec database = settings.database(engine.host().currentUser())) {
            var records = new FailureRecords(engine.backups(), engine.keyNames(), session.clock());
            return tell(
                    session,
                    records.noting(
                            kind,
                            database.database(),
                            () ->
                                    taking(
                                            session,
                                            kind.word() + " backup",
                                            ProgressUnit.BYTES,
                                            taking)));
        }
    }

    private static <T> T taking(Session session, String what, ProgressUnit unit, Taking<T> taking)
            throws RecoveryException {
        Settings settings = session.settingsForWriting();
        try (Engine engine = session.engine(settings, RegionChoice.AUTO);
                ConnectionSpec database = settings.database(engine.host().currentUser());
                RunLog log =
                        RunLog.open(
                                List.of(settings.logDirectory(), settings.archivingLogDirectory()),
                                "backup",
                                session.clock())) {
            log.onLine(session.output()::say);
            var progress = new Progress();
            var target =
                    new BackupTarget(
                            engine.backups(),
                            engine.wal(),
                            engine.keys(),
                            settings.prefix(),
                            settings.replication() == Replication.LIFEBOAT);
            var run =
                    new BackupRun(
                            session.clock(),
                            session.directories().home(),
                            log,
                            progress,
                            session.cancel(),
                            Version.text());
            var source = new BackupSource(engine.host(), engine.programs(), database);
            try (var _ = session.output().watch(what, progress, unit)) {
                return taking.take(source, target, run);
            }
        }
    }

    private static int tell(Session session, BackupResult result) {
        var document = new LinkedHashMap<String, Object>();
        document.put("id", result.id());
        document.put("kind", result.kind().word());
        document.put("key", result.key());
        document.put("plainBytes", result.plainBytes());
        document.put("storedBytes", result.storedBytes());
        document.put("seconds", result.seconds());
        document.put("region", result.region().toString());
        document.put("warnings", result.warnings());
        session.output()
                .result(
                        document,
                        () ->
                                result.id()
                                        + "  "
                                        + ByteSize.format(result.plainBytes())
                                        + ", stored "
                                        + ByteSize.format(result.storedBytes())
                                        + " as "
                                        + result.key());
        return 0;
    }

    /** {@code backup full}. */
    @Command(
            name = "full",
            description = {
                "Dumps the database of DATABASE_URL with pg_dump, encrypted on its way into the bucket, with "
                        + "the cluster's roles beside it. It restores into any server of the same or a newer version; "
                        + "WAL cannot roll it forward: a moment in time needs `backup base`."
            })
    static final class Full implements Callable<Integer> {
        private final Session session;

        Full(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            return take(
                    session,
                    BackupKind.FULL,
                    (source, target, run) -> new FullBackup(source, target, run).take());
        }
    }

    /** {@code backup base}. */
    @Command(
            name = "base",
            description = {
                "Copies the whole cluster with pg_basebackup, compressed and encrypted on its way into the "
                        + "bucket. Together with archived WAL it restores to any moment after its end. The server must "
                        + "archive: archive_command = 'lifeboat wal push %%p'."
            })
    static final class Base implements Callable<Integer> {
        private final Session session;

        Base(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            var options =
                    BaseOptions.of(
                            Runtime.getRuntime().availableProcessors(),
                            Runtime.getRuntime().maxMemory());
            return take(
                    session,
                    BackupKind.BASE,
                    (source, target, run) -> new BaseBackup(source, target, run, options).take());
        }
    }

    /** {@code backup config}. */
    @Command(
            name = "config",
            description = {
                "Backs up the cluster's configuration files: postgresql.conf and everything it includes, "
                        + "postgresql.auto.conf, pg_hba.conf, pg_ident.conf; wherever they lie. The server reads them where "
                        + "the role may (pg_read_server_files), else this machine. With BACKUP_CONFIG_GIT also as a commit."
            })
    static final class Config implements Callable<Integer> {
        private final Session session;

        Config(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            Optional<Path> git = session.settings().configurationGit();
            return tell(
                    session,
                    taking(
                            session,
                            "config backup",
                            ProgressUnit.BYTES,
                            (source, target, run) ->
                                    new ConfigBackup(source, target, run, git).take()));
        }
    }

    /** {@code backup wal}. */
    @Command(
            name = "wal",
            description = {
                "Has the server finish its current WAL segment and waits until the archive holds it: what "
                        + "was committed before is recoverable then."
            })
    static final class Wal implements Callable<Integer> {
        private final Session session;

        Wal(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws RecoveryException {
            WalSwitch.Switched switched =
                    taking(
                            session,
                            "wal",
                            ProgressUnit.BYTES,
                            (source, target, run) ->
                                    new WalSwitch(source, target, run, ARCHIVE_PATIENCE).take());
            String name = switched.segment().name();
            session.output()
                    .result(
                            Map.of(
                                    "segment", name,
                                    "switched", switched.switched(),
                                    "seconds", switched.seconds()),
                            () ->
                                    switched.switched()
                                            ? "The archive holds " + name + "."
                                            : "There was nothing to switch; the archive holds "
                                                    + name
                                                    + ".");
            return 0;
        }
    }
}
