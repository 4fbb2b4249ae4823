package dev.lifeboat.cli;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Upkeep;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.rotation.KeyUse;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code key list}: which key opens what. */
@Command(
        name = "list",
        description = {
            "Shows which key opens which backups and which WAL, by fingerprint: the keys that are set here, "
                    + "and those that something stored names and nobody has set. Asks once for each WAL file."
        })
final class KeyUseCommand implements Callable<Integer> {
    private final Session session;

    KeyUseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        try (Engine engine = session.engine(RegionChoice.AUTO)) {
            var progress = new Progress();
            List<KeyUse> uses;
            try (var _ = session.output().watch("key list", progress, ProgressUnit.OBJECTS)) {
                uses = new Upkeep(engine).rotation().uses(session.cancel(), progress);
            }
            session.output().result(Map.of("keys", uses), () -> text(uses));
        }
        return 0;
    }

    private static String text(List<KeyUse> uses) {
        Table table = new Table("KEY", "", "BACKUPS", "FROM", "TO", "WAL", "FROM", "TO");
        for (KeyUse use : uses) {
            table.add(
                    use.fingerprint().orElse("names none"),
                    use.current()
                            ? "current"
                            : use.known() ? "set" : use.fingerprint().isPresent() ? "NOT SET" : "",
                    Integer.toString(use.backups().size()),
                    use.oldest().map(Timestamps::postgres).orElse("-"),
                    use.newest().map(Timestamps::postgres).orElse("-"),
                    Long.toString(use.wal()),
                    use.firstWal().orElse("-"),
                    use.lastWal().orElse("-"));
        }
        return table.text();
    }
}
