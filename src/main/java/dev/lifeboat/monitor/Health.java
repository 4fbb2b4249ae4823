package dev.lifeboat.monitor;

import dev.lifeboat.storage.Region;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer: command line, HTTP server, metrics and window show nothing else.
 *
 * @param at the moment it holds for
 * @param severity of the worst finding
 * @param verdict one sentence for the top of a screen
 * @param findings worst first; what is well is among them, last
 * @param figures the numbers
 */
public record Health(
        Instant at,
        Severity severity,
        String verdict,
        List<HealthFinding> findings,
        Figures figures,
        Goals goals) {
    public Health {
        findings = List.copyOf(findings);
    }

    /** Whether nothing is critical: {@code health} exits 0, the server answers 200. */
    public boolean well() {
        return severity != Severity.CRITICAL;
    }

    /** Those that are not well, worst first. */
    public List<HealthFinding> troubles() {
        return findings.stream().filter(f -> f.severity() != Severity.OK).toList();
    }

    /** What was found of one check, worst first. */
    public List<HealthFinding> of(HealthCheck check) {
        return findings.stream().filter(finding -> finding.check() == check).toList();
    }

    /** For each check, and each region it is judged for, the worst that was found. */
    public List<HealthFinding> worstOfEach() {
        record Subject(HealthCheck check, Optional<Region.Role> region) {}
        Map<Subject, HealthFinding> worst = new LinkedHashMap<>();
        for (HealthFinding finding : findings) {
            worst.putIfAbsent(new Subject(finding.check(), finding.region()), finding);
        }
        return List.copyOf(worst.values());
    }
}
