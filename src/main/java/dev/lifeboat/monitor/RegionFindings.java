package dev.lifeboat.monitor;

import static dev.lifeboat.monitor.HealthFinding.critical;
import static dev.lifeboat.monitor.HealthFinding.ok;
import static dev.lifeboat.monitor.HealthFinding.warning;

import dev.lifeboat.catalog.CatalogListing;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.storage.Region;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each region by itself: whether it answers, and how far DR is behind. */
final class RegionFindings implements Findings {
    private static final String REPLICATE =
            "See the difference: lifeboat replicate --check; mend it: lifeboat replicate --apply.";

    @Override
    public List<HealthFinding> of(Observed observed, Figures figures, Goals goals) {
        List<HealthFinding> found = new ArrayList<>();
        for (RegionFigures region : figures.regions().values()) {
            unreachable(observed, region)
                    .ifPresentOrElse(
                            problem -> found.add(silent(region, problem)),
                            () -> found.addAll(answering(region, goals)));
        }
        return found;
    }

    private static Optional<Problem> unreachable(Observed observed, RegionFigures region) {
        Map<Region.Role, Problem> unlisted =
                observed.catalog().map(CatalogListing::unreachable).orElse(Map.of());
        return Optional.ofNullable(unlisted.get(region.role())).or(region::problem);
    }

    private static HealthFinding silent(RegionFigures region, Problem problem) {
        return critical(
                        HealthCheck.REGION,
                        "Nothing is known of the "
                                + region.role()
                                + " region: "
                                + problem.what()
                                + " "
                                + problem.why(),
                        problem.remedy())
                .in(region.role());
    }

    private static List<HealthFinding> answering(RegionFigures region, Goals goals) {
        List<HealthFinding> found = new ArrayList<>();
        found.add(alone(region, goals).in(region.role()));
        if (region.role() == Region.Role.DR) {
            found.add(lag(region, goals).in(region.role()));
        }
        found.add(backups(region).in(region.role()));
        return found;
    }

    /** The goal holds for each region by itself: either may be the one that is left. */
    private static HealthFinding alone(RegionFigures region, Goals goals) {
        String from = "From the " + region.role() + " region alone ";
        boolean behind = region.behind().filter(Duration::isPositive).isPresent();
        String remedy = behind ? REPLICATE : WindowFindings.LOOK_AT_ARCHIVING;
        if (region.loss().isEmpty()) {
            return critical(HealthCheck.REGION, from + "no moment can be recovered to.", REPLICATE);
        }
        Duration loss = region.loss().get();
        String says =
                from
                        + "at most "
                        + TimeSpan.told(loss)
                        + " would be lost (goal "
                        + TimeSpan.told(goals.loss())
                        + ").";
        return loss.compareTo(goals.loss()) > 0
                ? critical(HealthCheck.REGION, says, remedy)
                : ok(HealthCheck.REGION, says);
    }

    private static HealthFinding lag(RegionFigures dr, Goals goals) {
        if (dr.behind().isEmpty()) {
            return critical(
                    HealthCheck.DR_LAG,
                    "From the DR region alone no moment can be recovered to.",
                    REPLICATE);
        }
        Duration behind = dr.behind().get();
        String says = (behind.isZero() ? "" : behindBy(behind) + " ") + has(dr);
        Duration patience = goals.loss().plus(goals.lagPatience());
        return behind.compareTo(patience) > 0
                ? warning(HealthCheck.DR_LAG, says, REPLICATE)
                : ok(HealthCheck.DR_LAG, says);
    }

    private static String behindBy(Duration behind) {
        return "The DR region is " + TimeSpan.told(behind) + " behind.";
    }

    /** Counted from what lies there: a segment without a commit is no time, and yet it lacks. */
    private static String has(RegionFigures dr) {
        return dr.lackedSegments() == 0
                ? "The DR region has all needed WAL that the primary has."
                : "The DR region lacks "
                        + Words.count(dr.lackedSegments(), "needed segment")
                        + " of WAL that the primary has.";
    }

    private static HealthFinding backups(RegionFigures region) {
        int missing = region.missingBackups();
        return missing == 0
                ? ok(
                        HealthCheck.UNSAFE_BACKUPS,
                        "The " + region.role() + " region has every finished backup.")
                : warning(
                        HealthCheck.UNSAFE_BACKUPS,
                        "The "
                                + region.role()
                                + " region lacks, or has damaged, "
                                + Words.count(missing, "finished backup")
                                + ".",
                        REPLICATE);
    }
}
