package dev.lifeboat.ui.task;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.settings.Classification;
import dev.lifeboat.storage.Region;

import java.util.List;
import java.util.Optional;

/**
 * What the settings say about a profile, without asking anybody. No secret is part of it.
 *
 * @param name empty when the environment alone is the profile
 * @param database where the live database is, without a password; empty when none is set
 * @param contradictions variables that say something else than the profile, a sentence each:
 *     nothing is written while there are any
 * @param problem what is wrong with the settings themselves; then the rest may be incomplete
 */
public record ProfileFacts(
        Optional<String> name,
        Classification classification,
        Optional<String> database,
        List<RegionFacts> regions,
        String prefix,
        List<String> contradictions,
        Optional<Problem> problem) {
    public ProfileFacts {
        regions = List.copyOf(regions);
        contradictions = List.copyOf(contradictions);
    }

    /**
     * One region as it is set up.
     *
     * @param place AWS's name of the region, or the endpoint's host
     */
    public record RegionFacts(Region.Role role, String bucket, String walBucket, String place) {}

    /** What the window's title and banner call it. */
    public String title() {
        return name.or(() -> database).orElse("environment");
    }
}
