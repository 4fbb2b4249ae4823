package dev.lifeboat.cli;

import dev.lifeboat.engine.Engine;
import dev.lifeboat.engine.Upkeep;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.rotation.KeyRotation;
import dev.lifeboat.storage.RegionChoice;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code key rotate}: everything under the current key. */
@Command(
        name = "rotate",
        description = {
            "Shows what is stored under older keys; --apply encrypts it anew under the current one, in every "
                    + "region. First set the new key as BACKUP_ENCRYPTION_KEY (or encryption_key of the profile) and the "
                    + "old one among the profile's decryption_keys: from then on new backups are under the new key, and "
                    + "old ones stay readable. May be interrupted at any time; the next run goes on."
        },
        footer = {
            "",
            "Keep the old key until `lifeboat key list` shows nothing under it, and as long as copies of",
            "backups exist elsewhere."
        })
final class KeyRotateCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--apply", description = "Encrypt anew.")
    private boolean apply;

    /** What {@code --json} prints. */
    private record Document(
            boolean applied,
            List<String> backups,
            long bytes,
            long walObjects,
            long walBytes,
            long indexBlocks,
            List<KeyRotation.Left> left) {}

    KeyRotateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws RecoveryException {
        try (Engine engine =
                session.engine(
                        apply ? session.settingsForWriting() : session.settings(),
                        RegionChoice.AUTO)) {
            var upkeep = new Upkeep(engine);
            var progress = new Progress();
            KeyRotation.Outcome outcome;
            try (var _ =
                    session.output()
                            .watch(
                                    "key rotate",
                                    progress,
                                    apply ? ProgressUnit.BYTES : ProgressUnit.OBJECTS)) {
                outcome =
                        apply
                                ? upkeep.rotation()
                                        .apply(upkeep.owner(), session.cancel(), progress)
                                : upkeep.rotation().plan(session.cancel(), progress);
            }
            session.output()
                    .result(
                            new Document(
                                    apply,
                                    outcome.backups(),
                                    outcome.bytes(),
                                    outcome.walObjects(),
                                    outcome.walBytes(),
                                    outcome.indexBlocks(),
                                    outcome.left()),
                            () -> text(outcome));
        }
        return 0;
    }

    private String text(KeyRotation.Outcome outcome) {
        StringBuilder text = new StringBuilder();
        outcome.backups().forEach(id -> text.append(id).append('\n'));
        outcome.left()
                .forEach(
                        left ->
                                text.append("stays as it is: ")
                                        .append(left.name())
                                        .append("\n    ")
                                        .append(left.why())
                                        .append('\n'));
        return text.append(apply ? "Encrypted anew: " : "To be encrypted anew: ")
                .append(outcome.backups().size())
                .append(" backups, ")
                .append(ByteSize.format(outcome.bytes()))
                .append("; ")
                .append(outcome.walObjects())
                .append(" WAL objects, ")
                .append(ByteSize.format(outcome.walBytes()))
                .append(
                        outcome.indexBlocks() == 0
                                ? ""
                                : "; dropped, to be made again by `lifeboat wal index`: "
                                        + outcome.indexBlocks()
                                        + " blocks of the WAL index")
                .append(apply ? "." : ". With --apply it is done.")
                .toString();
    }
}
