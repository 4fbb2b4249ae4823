package dev.lifeboat.ui.timeline.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One region's WAL on the way to the newest timeline.
 *
 * @param place its name and timeline, under the title
 * @param exact whether its times were read from WAL; else they are when the segments were stored
 * @param lag how far the copy is behind the other region; empty when it is not
 * @param unreachable why the region could not be listed
 */
public record WalLane(
        Lane lane,
        String place,
        Coverage coverage,
        boolean exact,
        OptionalLong lag,
        Optional<String> unreachable) {}
