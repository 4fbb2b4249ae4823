package dev.lifeboat.ui.timeline.source;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.Manifest.BaseFacts;
import dev.lifeboat.catalog.Verification;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.Timestamps;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.timeline.model.Mark;
import dev.lifeboat.ui.timeline.model.Micros;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The backups as marks. A backup that is not whole is shown as failed, not hidden. */
final class BackupMarks {
    private final List<CatalogEntry> entries;

    BackupMarks(List<CatalogEntry> entries) {
        this.entries = entries;
    }

    List<Mark> make() {
        return entries.stream()
                .filter(entry -> entry.kind() != BackupKind.CONFIG)
                .map(BackupMarks::mark)
                .toList();
    }

    private static Mark mark(CatalogEntry entry) {
        Optional<BaseFacts> base = entry.facts().base();
        Instant from = base.map(BaseFacts::startTime).orElse(entry.facts().startedAt());
        Instant to =
                base.map(BaseFacts::stopTime).or(() -> entry.facts().finishedAt()).orElse(from);
        long end = Math.max(Micros.of(from), Micros.of(to));
        return new Mark(
                kind(entry),
                Micros.of(from),
                end,
                label(entry),
                detail(entry),
                end,
                Optional.empty());
    }

    private static Mark.Kind kind(CatalogEntry entry) {
        boolean base = entry.kind() == BackupKind.BASE;
        boolean failed =
                !entry.isUsable() || entry.verified().filter(proof -> !proof.ok()).isPresent();
        if (failed) {
            return base ? Mark.Kind.BASE_FAILED : Mark.Kind.FULL_FAILED;
        }
        boolean verified = entry.verified().filter(Verification::ok).isPresent();
        if (base) {
            return verified ? Mark.Kind.BASE_VERIFIED : Mark.Kind.BASE_UNVERIFIED;
        }
        return verified ? Mark.Kind.FULL_VERIFIED : Mark.Kind.FULL_UNVERIFIED;
    }

    private static String label(CatalogEntry entry) {
        String size =
                ByteSize.format(entry.facts().plainBytes().orElse(entry.facts().storedBytes()));
        return entry.kind() == BackupKind.BASE
                ? size
                : entry.facts().database().map(name -> name + " ").orElse("") + size;
    }

    private static String detail(CatalogEntry entry) {
        String proof =
                entry.verified()
                        .map(
                                found ->
                                        Messages.text(
                                                found.ok()
                                                        ? "timeline.backup.verified"
                                                        : "timeline.backup.failed",
                                                found.level().word(),
                                                Timestamps.postgres(found.at())))
                        .orElse(Messages.text("timeline.backup.never"));
        return Messages.text(
                        "timeline.backup.detail",
                        entry.id(),
                        ByteSize.format(entry.facts().storedBytes()),
                        proof)
                + entry.problem().map(Problem::what).map(what -> " " + what).orElse("");
    }
}
