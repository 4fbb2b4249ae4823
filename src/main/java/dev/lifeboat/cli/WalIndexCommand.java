package dev.lifeboat.cli;

import dev.lifeboat.catalog.windows.RecoveryView;
import dev.lifeboat.engine.Engine;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.RegionChoice;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.IndexedWal;

import picocli.CommandLine.Command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code wal index}: reads what the index lacks. */
@Command(
        name = "index",
        description = {
            "Reads the archived WAL that the index does not know yet, and writes the index to the bucket.",
            "WAL that `wal push` archived is in it already; this is for WAL that another tool archived, and "
                    + "after the index was lost. It changes nothing else; interrupted, it is begun again."
        },
        footer = {"", "For example:  lifeboat wal index"})
final class WalIndexCommand implements Callable<Integer> {
    private final Session session;

    WalIndexCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        try (Engine engine = session.engine(session.settingsForWriting(), RegionChoice.AUTO)) {
            RecoveryView view =
                    engine.windows()
                            .view(engine.catalog().load(session.cancel()), session.cancel());
            var document = new LinkedHashMap<String, Object>();
            if (view.wal().isEmpty()) {
                document.put("segments", 0);
                session.output()
                        .result(document, () -> "There is no base, so no WAL is of use yet.");
                return 0;
            }
            IndexedWal wal = view.wal().get();
            List<WalRun> runs = wal.runs();
            var progress = new Progress();
            long read;
            try (var _ = session.output().watch("index", progress, ProgressUnit.SEGMENTS)) {
                read = wal.complete(runs, engine.host().processors(), session.cancel(), progress);
            }
            int objects = wal.publish();
            long segments = runs.stream().mapToLong(WalRun::segments).sum();
            document.put("segments", segments);
            document.put("known", wal.index().size());
            document.put("read", read);
            document.put("objects", objects);
            session.output()
                    .result(
                            document,
                            () ->
                                    read
                                            + " segments were read; "
                                            + wal.index().size()
                                            + " of "
                                            + segments
                                            + " are in the index.");
            return 0;
        }
    }
}
