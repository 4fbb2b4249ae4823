package dev.lifeboat.cli;

import dev.lifeboat.backup.push.DataDirectory;
import dev.lifeboat.backup.push.PushIndex;
import dev.lifeboat.backup.push.ResidentPusher;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code wal resident}: what {@code wal push} leaves behind; nobody types it. */
@Command(
        name = "resident",
        hidden = true,
        description = "Pushes a server's WAL as it becomes ready, until the server is gone.")
final class WalResidentCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    WalResidentCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        Settings settings = session.settingsForArchiving();
        settings.requireNoContradiction();
        String stamp = session.environment().getOrDefault(WalPushCommand.STAMP, "");
        if (stamp.isEmpty()) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "This command is not for people.",
                    "`lifeboat wal push` starts it and tells it under which settings.",
                    "Use archive_command = 'lifeboat wal push %p'.");
        }
        try (Engine engine = session.engine(settings, RegionChoice.AUTO);
                var index = new PushIndex(engine.indexPlaces(), PushIndex.Terms.usual())) {
            var resident =
                    new ResidentPusher(
                            engine.host(),
                            session.directories().home(),
                            DataDirectory.at(directory),
                            WalPushCommand.segmentPush(engine, Optional.of(index)),
                            ResidentPusher.Terms.usual(stamp),
                            session.clock());
            say("begins, process " + ProcessHandle.current().pid());
            say("ends: " + resident.run(session.cancel()));
            return 0;
        } catch (RecoveryException busy) {
            if (busy.code() == ProblemCode.JOB_BUSY) {
                return 0;
            }
            throw busy;
        }
    }

    private void say(String what) {
        session.output().say(session.clock().instant() + "  resident of " + directory + " " + what);
    }
}
