package dev.lifeboat.monitor;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One region as if it were the only one left.
 *
 * @param problem why nothing is known of it; then every figure is empty
 * @param latest the last commit that can be recovered from it
 * @param exact whether {@code latest} was read from WAL; else it is when the last segment was
 *     stored, and the last commit lies before it
 * @param loss how much would be lost now, at most where the database told, else up to {@code
 *     latest}
 * @param behind how far it is behind what both regions together have; zero when it has all
 * @param missingSegments needed segments that it lacks and that are older than its newest one
 * @param lackedSegments needed segments that it lacks and the other region has, those not received
 *     yet among them
 * @param missingBackups finished backups that it lacks or has damaged
 */
public record RegionFigures(
        Region.Role role,
        Optional<Problem> problem,
        Optional<Instant> latest,
        boolean exact,
        Optional<Duration> loss,
        Optional<Duration> behind,
        long missingSegments,
        long lackedSegments,
        int missingBackups) {}
