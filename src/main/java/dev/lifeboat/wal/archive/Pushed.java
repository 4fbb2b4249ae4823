package dev.lifeboat.wal.archive;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;

import java.util.Optional;

/**
 * A WAL file that is durable in S3.
 *
 * @param region where it lies
 * @param existed whether it was there before, with the same content
 * @param storedBytes its size there
 * @param diverted why it is not in the primary region; not safe then, since nothing but DR has it
 */
public record Pushed(
        Region.Role region, boolean existed, long storedBytes, Optional<Problem> diverted) {}
