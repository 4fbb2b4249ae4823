package dev.lifeboat.restore.estimate;

import java.time.Duration;

/**
 * How long a restore is thought to take until its server waits at the target.
 *
 * @param low nothing faster was seen
 * @param likely the median of what was seen
 * @param high nothing slower was seen
 * @param base the part of {@code likely} for fetching and unpacking the base
 * @param wal the part for fetching and replaying WAL
 * @param runs how many earlier restores it rests on
 * @param basis what it rests on, a full sentence
 */
public record Estimate(
        Duration low,
        Duration likely,
        Duration high,
        Duration base,
        Duration wal,
        int runs,
        String basis) {}
