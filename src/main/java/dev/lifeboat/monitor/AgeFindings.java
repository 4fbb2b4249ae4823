package dev.lifeboat.monitor;

import static dev.lifeboat.monitor.HealthFinding.critical;
import static dev.lifeboat.monitor.HealthFinding.ok;
import static dev.lifeboat.monitor.HealthFinding.warning;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.TimeSpan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How old the newest backup of each kind is: silence is an alarm. */
final class AgeFindings implements Findings {
    @Override
    public List<HealthFinding> of(Observed observed, Figures figures, Goals goals) {
        Optional<Problem> unknown = observed.catalog().problem();
        if (unknown.isPresent()) {
            return List.of(
                    critical(
                            HealthCheck.BACKUPS,
                            "What backups there are is not known: "
                                    + unknown.get().what()
                                    + " "
                                    + unknown.get().why(),
                            unknown.get().remedy()));
        }
        List<HealthFinding> found = new ArrayList<>();
        found.add(any(figures));
        found.add(age(HealthCheck.FULL_AGE, figures, BackupKind.FULL, goals.fullEvery()));
        found.add(age(HealthCheck.BASE_AGE, figures, BackupKind.BASE, goals.baseEvery()));
        found.add(age(HealthCheck.CONFIG_AGE, figures, BackupKind.CONFIG, goals.configEvery()));
        return found;
    }

    private static HealthFinding any(Figures figures) {
        int count = figures.kinds().values().stream().mapToInt(KindFigures::count).sum();
        return count == 0
                ? critical(
                        HealthCheck.BACKUPS,
                        "There is no usable backup at all.",
                        "Take one now: lifeboat backup full; lifeboat backup base.")
                : ok(HealthCheck.BACKUPS, "There are " + count + " usable backups.");
    }

    /** A missing configuration backup loses no data. */
    private static HealthFinding age(
            HealthCheck check, Figures figures, BackupKind kind, Duration goal) {
        KindFigures newest = figures.kinds().get(kind);
        String remedy = "Take one: lifeboat backup " + kind.word() + "; then see its schedule.";
        if (newest.age().isEmpty()) {
            return late(check, kind, "There is no usable " + kind.word() + " backup.", remedy);
        }
        Duration age = newest.age().get();
        String says =
                "The newest usable "
                        + kind.word()
                        + " backup is "
                        + TimeSpan.told(age)
                        + " old (goal "
                        + TimeSpan.told(goal)
                        + "): "
                        + newest.id().orElseThrow()
                        + ".";
        return age.compareTo(goal) > 0 ? late(check, kind, says, remedy) : ok(check, says);
    }

    private static HealthFinding late(
            HealthCheck check, BackupKind kind, String says, String remedy) {
        return kind == BackupKind.CONFIG
                ? warning(check, says, remedy)
                : critical(check, says, remedy);
    }
}
