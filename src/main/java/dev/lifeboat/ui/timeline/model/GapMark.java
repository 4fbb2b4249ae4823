package dev.lifeboat.ui.timeline.model;

import java.util.Set;

/**
 * Segments that are needed and missing.
 *
 * @param segments how many
 * @param files the first and the last of them, abridged
 * @param missingIn the lanes of the regions that lack them
 * @param closed whether the other region fills it, so that nothing is lost
 */
public record GapMark(Span span, long segments, String files, Set<Lane> missingIn, boolean closed) {
    public GapMark {
        missingIn = Set.copyOf(missingIn);
    }
}
