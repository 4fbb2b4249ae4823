package dev.lifeboat.ui.timeline.model;

import java.util.Set;

/**
 * Segments that are needed and missing.
 *
 * @param segments how many
 * @param files the first and the last of them, abridged
 * @param missingIn the lanes of the regions that lack them
 * @param fate whether it can be recovered across
 */
public record GapMark(Span span, long segments, String files, Set<Lane> missingIn, Fate fate) {
    /** What a gap means, the worst last. */
    public enum Fate {
        /** The other region has the segments: nothing is lost. */
        FILLED,
        /** The other region could not be asked. */
        UNKNOWN,
        /** Proven missing everywhere. */
        OPEN
    }

    public GapMark {
        missingIn = Set.copyOf(missingIn);
    }
}
