package dev.lifeboat.storage;

import dev.lifeboat.kernel.Problem;

import java.util.Optional;

/**
 * The region new objects go to.
 *
 * @param diverted why it is not the primary region; what is written is not safe then
 */
public record Destination(Region region, Optional<Problem> diverted) {}
