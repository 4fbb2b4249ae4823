package dev.lifeboat.storage;

import dev.lifeboat.kernel.Problem;

import java.util.Optional;

/**
 * Where an object went.
 *
 * @param region the region that holds it now
 * @param diverted why the primary region did not take it; empty when it did. A diverted object is
 *     not safe: it lies in one region alone, and must be copied back
 */
public record StoredIn(Region region, ObjectInfo info, Optional<Problem> diverted) {}
