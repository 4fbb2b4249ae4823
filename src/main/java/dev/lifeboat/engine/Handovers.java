package dev.lifeboat.engine;

import dev.lifeboat.backup.BackupRun;
import dev.lifeboat.backup.BackupSource;
import dev.lifeboat.backup.BackupTarget;
import dev.lifeboat.backup.BaseBackup;
import dev.lifeboat.backup.BaseOptions;
import dev.lifeboat.backup.NewestBase;
import dev.lifeboat.catalog.Catalog;
import dev.lifeboat.catalog.configuration.ConfigReading;
import dev.lifeboat.catalog.configuration.ConfigSearch;
import dev.lifeboat.journal.RunLog;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ConnectionSpec;
import dev.lifeboat.postgres.Database;
import dev.lifeboat.postgres.ServerInfo;
import dev.lifeboat.restore.PhysicalPlan;
import dev.lifeboat.restore.handover.HandoverWorld;
import dev.lifeboat.restore.handover.OldServer;
import dev.lifeboat.settings.Replication;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.wal.archive.ClusterIdentity;
import dev.lifeboat.wal.archive.WalPusher;
import dev.lifeboat.wal.archive.WalSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The world of a handover as the settings describe it: old server, archive, backups. */
public final class Handovers implements HandoverWorld {
    private static final List<String> PASSED_ON = List.of("BACKUP_", "LIFEBOAT_", "AWS_");

    private final Engine engine;
    private final PhysicalPlan plan;
    private final Path home;
    private final Map<String, String> environment;
    private final Optional<Path> launcher;
    private final Optional<String> profile;

    /**
     * @param engine stays the caller's to close
     * @param home below which the jobs of restores lie
     * @param environment this program's variables
     * @param launcher the program that {@code archive_command} calls
     * @param profile that was chosen by name
     */
    public Handovers(
            Engine engine,
            PhysicalPlan plan,
            Path home,
            Map<String, String> environment,
            Optional<Path> launcher,
            Optional<String> profile) {
        this.engine = engine;
        this.plan = plan;
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.launcher = launcher;
        this.profile = profile;
    }

    @Override
    public OldServer oldServer(String systemIdentifier, CancelToken cancel)
            throws RecoveryException {
        try (ConnectionSpec database = engine.settings().database(engine.host().currentUser());
                Database session = Database.connect(database, cancel)) {
            return met(ServerInfo.read(session), systemIdentifier, database);
        } catch (RecoveryException refused) {
            cancel.check();
            return switch (refused.code()) {
                case DATABASE_UNREACHABLE ->
                        new OldServer(OldServer.State.UNREACHABLE, refused.problem().what());
                case SETTING_MISSING ->
                        new OldServer(
                                OldServer.State.UNKNOWN, "No DATABASE_URL says where it was.");
                default -> new OldServer(OldServer.State.UNKNOWN, refused.problem().what());
            };
        }
    }

    private static OldServer met(ServerInfo server, String restored, ConnectionSpec at) {
        String where = "At " + at.confirmText() + " ";
        if (!server.systemIdentifier().equals(restored)) {
            return new OldServer(OldServer.State.UNKNOWN, where + "another cluster answers.");
        }
        return server.inRecovery()
                ? new OldServer(OldServer.State.UNKNOWN, where + "a standby of it answers.")
                : new OldServer(OldServer.State.TAKES_WRITES, where + "it answers.");
    }

    @Override
    public ConfigSearch.Found configuration(
            String systemIdentifier, Optional<Instant> until, CancelToken cancel)
            throws RecoveryException {
        Catalog catalog = engine.catalog();
        return new ConfigSearch(
                        catalog, new ConfigReading(catalog, engine.backups(), engine.keys()))
                .newest(systemIdentifier, until, cancel);
    }

    @Override
    public Archiving archiving() throws RecoveryException {
        if (launcher.isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.SETTING_MISSING,
                    "The server's archive_command cannot be written.",
                    "Lifeboat was not started by its launcher, so its path is not known.",
                    "Run the handover with the program lifeboat.");
        }
        Path own = home.resolve("restores").resolve(plan.id()).resolve("archiver");
        engine.host().files().createPrivateDirectory(own, engine.serverUser());
        Map<String, String> variables = new TreeMap<>();
        environment.forEach(
                (name, value) -> {
                    if (PASSED_ON.stream().anyMatch(name::startsWith)) {
                        variables.put(name, value);
                    }
                });
        variables.put("LIFEBOAT_HOME", own.toString());
        variables.put("HOME", own.toString());
        for (String name : List.of("PATH", "JAVA_HOME")) {
            Optional.ofNullable(environment.get(name))
                    .ifPresent(value -> variables.put(name, value));
        }
        String chosen = profile.map(name -> " --profile " + quoted(name)).orElse("");
        return new Archiving(
                quoted(launcher.get().toString()) + chosen + " wal push %p", variables);
    }

    @Override
    public void archiveHistory(String name, byte[] content) throws RecoveryException {
        var cluster =
                new ClusterIdentity(plan.base().systemIdentifier(), plan.base().serverMajor());
        String prefix = engine.settings().prefix();
        new WalPusher(engine.wal(), engine.keys(), prefix, new NewestBase(engine.backups(), prefix))
                .push(WalSource.of(name, content, cluster));
    }

    @Override
    public String takeBase(ConnectionSpec database, CancelToken cancel) throws RecoveryException {
        Settings settings = engine.settings();
        try (RunLog log =
                RunLog.open(
                        List.of(settings.logDirectory(), settings.archivingLogDirectory()),
                        "backup",
                        engine.clock())) {
            var target =
                    new BackupTarget(
                            engine.backups(),
                            engine.wal(),
                            engine.keys(),
                            settings.prefix(),
                            settings.replication() == Replication.LIFEBOAT);
            var run =
                    new BackupRun(
                            engine.clock(), home, log, new Progress(), cancel, Version.text());
            return new BaseBackup(
                            new BackupSource(engine.host(), engine.programs(), database),
                            target,
                            run,
                            BaseOptions.of(
                                    engine.host().processors(), Runtime.getRuntime().maxMemory()))
                    .take()
                    .id();
        }
    }

    /** One word for the shell; a percent sign is doubled, as PostgreSQL reads it before. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''").replace("%", "%%") + "'";
    }
}
