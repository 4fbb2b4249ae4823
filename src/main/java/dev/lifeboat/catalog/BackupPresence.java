package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Problem;

import java.util.Optional;

/**
 * What one region has of one backup.
 *
 * @param objects how many of its objects lie there whole, the manifest included
 * @param expected how many it has; what was found when nothing tells how many there should be
 * @param problem what is wrong, where the state alone does not say it
 */
public record BackupPresence(
        RegionState state, int objects, int expected, Optional<Problem> problem) {}
