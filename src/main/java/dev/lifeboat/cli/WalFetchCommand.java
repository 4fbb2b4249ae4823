package dev.lifeboat.cli;

import dev.lifeboat.backup.push.DataDirectory;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.wal.WalFileName;
import dev.lifeboat.wal.archive.Fetched;
import dev.lifeboat.wal.archive.FetchedFile;
import dev.lifeboat.wal.archive.WalExpectation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/** {@code wal fetch}: what {@code restore_command} calls. */
@Command(
        name = "fetch",
        description = {
            "Fetches a WAL file from the archive, from whichever region has a good copy. Set:",
            "  restore_command = 'lifeboat wal fetch %%f %%p'",
            "Exit codes: 0 served, 1 proven absent in every region, 255 anything else: the server must not "
                    + "take what could not be known for the end of the archive."
        })
final class WalFetchCommand implements Callable<Integer> {
    private static final int ABSENT = 1;

    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "The file's name, %%f.")
    private String name;

    @Parameters(index = "1", paramLabel = "PATH", description = "Where to put it, %%p.")
    private Path path;

    WalFetchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        WalFileName file = WalFileName.parse(name);
        if (file instanceof WalFileName.Other) {
            throw new RecoveryException(
                    ProblemCode.USAGE,
                    "'" + name + "' is no WAL file.",
                    "PostgreSQL asks for segments and .history files.",
                    "Use restore_command = 'lifeboat wal fetch %f %p'.");
        }
        Settings settings = session.settingsForArchiving();
        try (Engine engine = session.engine(settings, RegionChoice.AUTO)) {
            return switch (engine.archive().fetch(file, expectation())) {
                case Fetched.Found found -> {
                    FetchedFile.place(found, path);
                    session.output()
                            .result(java.util.Map.of("file", name), () -> name + " is served.");
                    yield 0;
                }
                case Fetched.Absent _ -> {
                    session.output().say(name + " is in no region of the archive.");
                    yield ABSENT;
                }
                case Fetched.Unknown unknown -> throw new RecoveryException(unknown.problem());
            };
        }
    }

    /** The server calls from its data directory, which says what cluster it recovers. */
    private static WalExpectation expectation() {
        try {
            return new WalExpectation(
                    OptionalInt.empty(),
                    Optional.of(DataDirectory.at(Path.of("")).cluster().systemIdentifier()));
        } catch (RecoveryException elsewhere) {
            return WalExpectation.none();
        }
    }
}
