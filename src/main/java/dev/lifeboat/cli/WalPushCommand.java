package dev.lifeboat.cli;

import dev.lifeboat.backup.NewestBase;
import dev.lifeboat.backup.push.DataDirectory;
import dev.lifeboat.backup.push.PushClient;
import dev.lifeboat.backup.push.PushIndex;
import dev.lifeboat.backup.push.SegmentPush;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.host.LocalHost;
import dev.lifeboat.host.ProcessSpec;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.wal.archive.WalPusher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code wal push}: what {@code archive_command} calls. */
@Command(
        name = "push",
        description = {
            "Archives a WAL file; 0 only once it is durable in S3. Set, in postgresql.conf:",
            "  archive_command = 'lifeboat wal push %%p'",
            "The same file again is fine; another one under its name is refused. The first call leaves a "
                    + "process behind that pushes further segments ahead; it ends with the server."
        })
final class WalPushCommand implements Callable<Integer> {
    /** Made by packaging/push.sh; without it no process stays behind. */
    static final String STAMP = "LIFEBOAT_PUSH_STAMP";

    private final Session session;

    @Parameters(paramLabel = "PATH", description = "The file, as PostgreSQL gives it with %%p.")
    private Path path;

    WalPushCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        Settings settings = session.settingsForArchiving();
        settings.requireNoContradiction();
        String stamp = session.environment().getOrDefault(STAMP, "");
        try (Engine engine = session.engine(settings, RegionChoice.AUTO)) {
            PushClient.Result result =
                    new PushClient(
                                    session.directories().home(),
                                    stamp,
                                    () -> segmentPush(engine),
                                    this::leaveResident)
                            .push(path);
            var document = new LinkedHashMap<String, Object>();
            document.put("file", path.getFileName().toString());
            document.put("region", result.region().toString());
            document.put("safe", result.diverted().isEmpty());
            result.diverted()
                    .ifPresent(
                            why ->
                                    session.output()
                                            .say(
                                                    path.getFileName()
                                                            + " is in the DR region alone: "
                                                            + why));
            result.alone()
                    .ifPresent(
                            why ->
                                    session.output()
                                            .say(
                                                    "Nothing pushes further files ahead, so that each takes a"
                                                            + " start of its own: "
                                                            + why));
            session.output().result(document, () -> path.getFileName() + " is archived.");
            return 0;
        }
    }

    static SegmentPush segmentPush(Engine engine) throws RecoveryException {
        return segmentPush(engine, Optional.empty());
    }

    static SegmentPush segmentPush(Engine engine, Optional<PushIndex> index)
            throws RecoveryException {
        String prefix = engine.settings().prefix();
        return new SegmentPush(
                new WalPusher(
                        engine.wal(),
                        engine.keys(),
                        prefix,
                        new NewestBase(engine.backups(), prefix)),
                index);
    }

    private void leaveResident(DataDirectory directory) throws RecoveryException {
        String launcher = System.getProperty("lifeboat.launcher", "");
        if (launcher.isEmpty()) {
            return;
        }
        var command = new ArrayList<>(List.of(launcher));
        session.profileOption().ifPresent(name -> command.addAll(List.of("--profile", name)));
        command.addAll(List.of("wal", "resident", directory.path().toString()));
        Path log =
                ResidentLog.choose(
                        session.settingsForArchiving().archivingLogDirectory(),
                        session.directories().home());
        new LocalHost()
                .processes()
                .start(
                        ProcessSpec.of(command)
                                .with(session.environment())
                                .in(directory.path())
                                .detached()
                                .loggingTo(log));
    }
}
