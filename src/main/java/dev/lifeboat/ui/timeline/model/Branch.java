package dev.lifeboat.ui.timeline.model;

import java.util.OptionalLong;

/**
 * A timeline of the cluster.
 *
 * @param parent the one it was forked from; empty for the first
 * @param from when it was forked, or the first moment known of it
 * @param to the last moment known of it
 * @param abandonedFrom from when on the newest timeline did not come by here; empty when it never
 *     was left, or only by the fork at its end
 */
public record Branch(
        long id, OptionalLong parent, long from, long to, OptionalLong abandonedFrom) {}
