package dev.lifeboat.ui.health;

import dev.lifeboat.ui.theme.Role;

import java.time.Instant;
import java.util.List;

/**
 * What the health screen shows, in words, as the cache keeps it too.
 *
 * @param at the moment it holds for
 * @param answers the four, in the order of the questions
 * @param findings worst first
 */
public record HealthSummary(
        Instant at,
        Role role,
        String verdict,
        List<Answer> answers,
        List<RegionLine> regions,
        List<Line> findings) {
    public HealthSummary {
        answers = List.copyOf(answers);
        regions = List.copyOf(regions);
        findings = List.copyOf(findings);
    }

    /**
     * The answer to one question.
     *
     * @param big what is read first
     * @param beside what belongs to it in smaller type, for example the local time
     * @param below what it rests on
     * @param mono whether {@code big} is a time or a position
     */
    public record Answer(
            Role role, String question, String big, String beside, String below, boolean mono) {}

    /**
     * One region as if it were the only one left.
     *
     * @param problem why nothing is known of it; empty when something is
     */
    public record RegionLine(
            Role role,
            String name,
            String place,
            String state,
            String latest,
            String loss,
            String behind,
            String missing,
            String problem) {}

    /**
     * One thing that was judged.
     *
     * @param where the region's name; empty where it holds for both
     * @param remedy empty when it is well
     */
    public record Line(Role role, String check, String where, String says, String remedy) {}
}
