package dev.lifeboat.monitor;

import dev.lifeboat.storage.Region;

import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that was judged.
 *
 * @param region where it holds for one region only
 * @param says what was found, a full sentence with its figures
 * @param remedy what to do, with the exact command where there is one; empty when it is well
 */
public record HealthFinding(
        HealthCheck check,
        Severity severity,
        Optional<Region.Role> region,
        String says,
        String remedy) {
    /** Worst first, and then in the order of the checks. */
    public static final Comparator<HealthFinding> WORST_FIRST =
            Comparator.comparing(HealthFinding::severity)
                    .reversed()
                    .thenComparing(HealthFinding::check)
                    .thenComparing(finding -> finding.region().map(Enum::ordinal).orElse(-1));

    static HealthFinding ok(HealthCheck check, String says) {
        return new HealthFinding(check, Severity.OK, Optional.empty(), says, "");
    }

    static HealthFinding warning(HealthCheck check, String says, String remedy) {
        return new HealthFinding(check, Severity.WARNING, Optional.empty(), says, remedy);
    }

    static HealthFinding critical(HealthCheck check, String says, String remedy) {
        return new HealthFinding(check, Severity.CRITICAL, Optional.empty(), says, remedy);
    }

    /** The same, counted as more or less bad. */
    public HealthFinding as(Severity other) {
        return new HealthFinding(check, other, region, says, remedy);
    }

    HealthFinding in(Region.Role role) {
        return new HealthFinding(check, severity, Optional.of(role), says, remedy);
    }
}
