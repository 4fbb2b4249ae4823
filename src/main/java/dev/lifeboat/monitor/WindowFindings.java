package dev.lifeboat.monitor;

import static dev.lifeboat.monitor.HealthFinding.critical;
import static dev.lifeboat.monitor.HealthFinding.ok;
import static dev.lifeboat.monitor.HealthFinding.warning;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.windows.RecoveryTimeline;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.TimeSpan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** To when one can go back: what would be lost now, holes, and the promised days. */
final class WindowFindings implements Findings {
    private static final String TAKE_BASE = "Take a base: lifeboat backup base.";
    static final String LOOK_AT_ARCHIVING =
            "See what the archiver says: lifeboat doctor; then: lifeboat backup wal.";

    @Override
    public List<HealthFinding> of(Observed observed, Figures figures, Goals goals) {
        Optional<Problem> unknown = observed.timeline().problem();
        if (unknown.isPresent()) {
            return List.of(
                    critical(
                            HealthCheck.RPO,
                            "To when one can go back is not known: "
                                    + unknown.get().what()
                                    + " "
                                    + unknown.get().why(),
                            unknown.get().remedy()));
        }
        List<HealthFinding> found = new ArrayList<>();
        found.add(loss(observed.timeline().value().orElseThrow(), figures, goals));
        found.add(gaps(figures));
        found.add(promised(figures, goals));
        return found;
    }

    private static HealthFinding loss(RecoveryTimeline timeline, Figures figures, Goals goals) {
        if (figures.loss().isEmpty() && !timeline.live().isEmpty()) {
            return critical(
                    HealthCheck.RPO,
                    "What would be lost now is not known. " + String.join(" ", timeline.notes()),
                    "See the windows: lifeboat timeline; then: lifeboat doctor.");
        }
        if (figures.loss().isEmpty()) {
            boolean base = figures.kinds().get(BackupKind.BASE).count() > 0;
            return critical(
                    HealthCheck.RPO,
                    base
                            ? "No moment can be recovered to: no base has all the WAL up to its end."
                            : "No moment can be recovered to: there is no usable base.",
                    base ? LOOK_AT_ARCHIVING + " " + TAKE_BASE : TAKE_BASE);
        }
        Duration loss = figures.loss().get();
        String says =
                "Lost if it were lost now: at most "
                        + TimeSpan.told(loss)
                        + " (goal "
                        + TimeSpan.told(goals.loss())
                        + "); the "
                        + (figures.exact()
                                ? "last recoverable commit is of "
                                : "last segment was stored at ")
                        + Words.time(figures.latest().orElseThrow())
                        + ".";
        return loss.compareTo(goals.loss()) > 0
                ? critical(HealthCheck.RPO, says, LOOK_AT_ARCHIVING)
                : ok(HealthCheck.RPO, says);
    }

    private static HealthFinding gaps(Figures figures) {
        if (figures.missingSegments() > 0) {
            return critical(
                    HealthCheck.GAPS,
                    Words.count(figures.missingSegments(), "needed segment")
                            + " of WAL lie in no region.",
                    "See which: lifeboat timeline. A new base ends the hole: lifeboat backup base.");
        }
        return figures.fillableSegments() > 0
                ? warning(
                        HealthCheck.GAPS,
                        Words.count(figures.fillableSegments(), "needed segment")
                                + " of WAL lie in one region only.",
                        "Copy them: lifeboat replicate --apply.")
                : ok(HealthCheck.GAPS, "No needed segment of WAL is missing.");
    }

    private static HealthFinding promised(Figures figures, Goals goals) {
        if (figures.from().isEmpty()) {
            return critical(
                    HealthCheck.PROMISED_WINDOW,
                    "Nothing of the promised "
                            + TimeSpan.told(goals.promised())
                            + " can be recovered.",
                    TAKE_BASE);
        }
        Duration reach = figures.reach().orElseThrow();
        String says =
                "Without a break one can go back "
                        + TimeSpan.told(reach)
                        + ", to "
                        + Words.time(figures.from().get())
                        + " (promised "
                        + TimeSpan.told(goals.promised())
                        + ").";
        return reach.compareTo(goals.promised()) < 0
                ? warning(
                        HealthCheck.PROMISED_WINDOW,
                        says,
                        "While the archive is young it grows by itself; else see what broke it:"
                                + " lifeboat timeline.")
                : ok(HealthCheck.PROMISED_WINDOW, says);
    }
}
