package dev.lifeboat.monitor;

import static dev.lifeboat.monitor.HealthFinding.critical;
import static dev.lifeboat.monitor.HealthFinding.ok;
import static dev.lifeboat.monitor.HealthFinding.warning;

import dev.lifeboat.catalog.BackupChoice;
import dev.lifeboat.catalog.BackupFailure;
import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.BackupStatus;
import dev.lifeboat.catalog.CatalogEntry;
import dev.lifeboat.catalog.CatalogListing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether backups ran when they should, ended well, and are worth something. */
final class RunFindings implements Findings {
    @Override
    public List<HealthFinding> of(Observed observed, Figures figures, Goals goals) {
        if (observed.catalog().value().isEmpty()) {
            return List.of();
        }
        List<HealthFinding> found = new ArrayList<>();
        found.add(window(observed.at(), figures.kinds().get(BackupKind.FULL), goals));
        found.add(failures(observed, figures));
        found.add(broken(observed.catalog().value().get()));
        found.addAll(Shrinking.of(observed.catalog().value().get()));
        return found;
    }

    private static HealthFinding window(Instant at, KindFigures full, Goals goals) {
        LocalDate today = at.atZone(ZoneOffset.UTC).toLocalDate();
        boolean over = !at.isBefore(today.atTime(goals.windowTo()).toInstant(ZoneOffset.UTC));
        LocalDate day = over ? today : today.minusDays(1);
        Instant from = day.atTime(goals.windowFrom()).toInstant(ZoneOffset.UTC);
        Instant to = day.atTime(goals.windowTo()).toInstant(ZoneOffset.UTC);
        String name = day + " " + goals.windowFrom() + "-" + goals.windowTo() + " UTC";
        if (full.startedAt().filter(started -> !started.isBefore(from)).isEmpty()) {
            return critical(
                    HealthCheck.BACKUP_WINDOW,
                    "The backup window " + name + " passed without a full backup.",
                    "See the schedule (systemctl list-timers 'lifeboat*', /etc/cron.d) and the log;"
                            + " then: lifeboat backup full.");
        }
        Instant ended = full.finishedAt().orElse(from);
        boolean late = full.startedAt().get().isBefore(to) && ended.isAfter(to);
        return late
                ? warning(
                        HealthCheck.BACKUP_WINDOW,
                        "The full backup ran out of its window "
                                + name
                                + ": it ended at "
                                + Words.time(ended)
                                + ".",
                        "Begin it earlier, or give it less to compete with.")
                : ok(
                        HealthCheck.BACKUP_WINDOW,
                        "A full backup was begun at or after the last window, " + name + ".");
    }

    private static HealthFinding failures(Observed observed, Figures figures) {
        if (observed.failures().problem().isPresent()) {
            return warning(
                    HealthCheck.FAILED_BACKUP,
                    "Whether backups failed is not known: "
                            + observed.failures().problem().get().what(),
                    observed.failures().problem().get().remedy());
        }
        Optional<BackupFailure> open =
                observed.failures().value().orElseThrow().stream()
                        .filter(failure -> isOpen(failure, figures))
                        .max(Comparator.comparing(BackupFailure::at));
        return open.map(
                        failure ->
                                warning(
                                        HealthCheck.FAILED_BACKUP,
                                        "The last "
                                                + failure.kind().word()
                                                + " backup failed, begun at "
                                                + Words.time(failure.at())
                                                + ": "
                                                + failure.id()
                                                + ".",
                                        "Read why in the newest backup_*.log of BACKUP_LOG_DIR, or"
                                                + " in the record of that name in the bucket; then"
                                                + " take it again: lifeboat backup "
                                                + failure.kind().word()
                                                + "."))
                .orElseGet(
                        () ->
                                ok(
                                        HealthCheck.FAILED_BACKUP,
                                        "No backup failed since the last good one."));
    }

    private static boolean isOpen(BackupFailure failure, Figures figures) {
        return figures.kinds()
                .get(failure.kind())
                .startedAt()
                .filter(good -> !good.isBefore(failure.at()))
                .isEmpty();
    }

    private static HealthFinding broken(CatalogListing catalog) {
        List<CatalogEntry> broken =
                catalog.entries().stream()
                        .filter(entry -> entry.status() != BackupStatus.UNFINISHED)
                        .filter(entry -> !entry.isUsable())
                        .toList();
        if (broken.isEmpty()) {
            return ok(HealthCheck.BROKEN_BACKUPS, "Every finished backup can be used.");
        }
        CatalogEntry newest = broken.getFirst();
        return warning(
                HealthCheck.BROKEN_BACKUPS,
                Words.count(broken.size(), "backup")
                        + " cannot be used, the newest: "
                        + newest.id()
                        + " ("
                        + newest.status().word()
                        + ", "
                        + BackupChoice.whyBroken(newest)
                        + ").",
                "Mend what the other region has: lifeboat replicate --apply; see the rest: lifeboat"
                        + " catalog.");
    }
}
