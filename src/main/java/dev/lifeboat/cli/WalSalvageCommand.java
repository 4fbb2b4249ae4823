package dev.lifeboat.cli;

import dev.lifeboat.backup.NewestBase;
import dev.lifeboat.backup.push.DataDirectory;
import dev.lifeboat.backup.salvage.LeftSegment;
import dev.lifeboat.backup.salvage.Salvage;
import dev.lifeboat.backup.salvage.Salvage.TailName;
import dev.lifeboat.backup.salvage.Salvaged;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.settings.Settings;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.wal.archive.WalPusher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code wal salvage}: the last seconds of a server that is gone. */
@Command(
        name = "salvage",
        description = {
            "Archives what the pg_wal of a dead server still holds and the archive lacks. Run it where its disk is, "
                    + "before anything else is done there; it only reads the directory, and may be run again.",
            "The segment that was being written is archived as NAME.partial, which no restore reads. With --with-tail "
                    + "it gets its own name, and restores reach its last commit; the dead server must never start "
                    + "again then."
        },
        footer = {
            "",
            "For example:  lifeboat wal salvage /var/lib/postgresql/15/main",
            "              lifeboat wal salvage /var/lib/postgresql/15/main --with-tail",
            "              lifeboat restore latest --target latest"
        })
final class WalSalvageCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DIRECTORY", description = "The dead server's data directory.")
    private Path path;

    @Option(
            names = "--with-tail",
            description =
                    "Let restores reach what the last segment holds; asks for a confirmation.")
    private boolean withTail;

    @Option(
            names = "--confirm",
            paramLabel = "DIRECTORY",
            description = "With --with-tail: the data directory once more.")
    private String confirm;

    WalSalvageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        Settings settings = session.settingsForArchiving();
        settings.requireNoContradiction();
        DataDirectory directory = DataDirectory.at(path);
        if (withTail) {
            Confirmation.require(
                    session,
                    directory.path().toString(),
                    Optional.ofNullable(confirm),
                    "The server of "
                            + directory.path()
                            + " must never start again: its last segment gets its final content.");
        }
        try (Engine engine = session.engine(settings, RegionChoice.AUTO)) {
            Salvaged salvaged = salvage(engine, directory);
            session.output().result(document(salvaged), () -> text(salvaged, directory));
            return salvaged.damaged().isEmpty()
                    ? 0
                    : salvaged.damaged().getFirst().code().exitCode();
        }
    }

    private Salvaged salvage(Engine engine, DataDirectory directory) throws RecoveryException {
        String prefix = engine.settings().prefix();
        var pusher =
                new WalPusher(
                        engine.wal(),
                        engine.keys(),
                        prefix,
                        new NewestBase(engine.backups(), prefix));
        var progress = new Progress();
        try (var _ = session.output().watch("salvage", progress, ProgressUnit.SEGMENTS)) {
            return new Salvage(engine.host(), pusher)
                    .save(
                            directory,
                            withTail ? TailName.OWN : TailName.PARTIAL,
                            session.cancel(),
                            progress);
        }
    }

    private static Map<String, Object> document(Salvaged salvaged) {
        var document = new LinkedHashMap<String, Object>();
        document.put("archived", salvaged.archived());
        document.put("thereBefore", salvaged.thereBefore());
        document.put("tail", salvaged.tail().map(tail -> tail(tail, salvaged)));
        document.put("damaged", salvaged.damaged());
        document.put("safe", salvaged.diverted().isEmpty());
        return document;
    }

    private static Map<String, Object> tail(LeftSegment tail, Salvaged salvaged) {
        var document = new LinkedHashMap<String, Object>();
        document.put("segment", tail.segment().name());
        document.put("archivedAs", salvaged.tailName());
        document.put("end", tail.end().end().toString());
        document.put("commits", tail.commits());
        document.put("lastCommit", tail.lastCommit());
        return document;
    }

    private String text(Salvaged salvaged, DataDirectory directory) {
        var text = new StringBuilder();
        text.append(salvaged.archived().size())
                .append(" files were archived, ")
                .append(salvaged.thereBefore())
                .append(" lay there before.");
        salvaged.archived().forEach(name -> text.append("\n  ").append(name));
        salvaged.tail()
                .ifPresent(tail -> text.append('\n').append(words(tail, salvaged, directory)));
        for (Problem damaged : salvaged.damaged()) {
            text.append('\n')
                    .append(damaged.what())
                    .append(' ')
                    .append(damaged.why())
                    .append(' ')
                    .append(damaged.remedy());
        }
        salvaged.diverted()
                .ifPresent(why -> text.append("\nThey lie in the DR region alone: ").append(why));
        return text.toString();
    }

    private String words(LeftSegment tail, Salvaged salvaged, DataDirectory directory) {
        String holds =
                "The last segment, "
                        + tail.segment().name()
                        + ", is valid up to "
                        + tail.end().end()
                        + " and holds "
                        + tail.commits()
                        + " commits"
                        + tail.lastCommit().map(at -> ", the last of " + at).orElse("")
                        + ". ";
        if (!salvaged.damaged().isEmpty()) {
            return holds
                    + "It was kept as "
                    + salvaged.tailName().orElse("")
                    + ", which no restore reads.";
        }
        return withTail
                ? holds + "Restores reach it now: lifeboat restore latest --target latest"
                : holds
                        + "No restore reads it yet. If that server never starts again: lifeboat wal salvage "
                        + directory.path()
                        + " --with-tail";
    }
}
