package dev.lifeboat.restore;

import java.util.OptionalInt;

/**
 * What somebody asked for: a dump into the database that is set up.
 *
 * @param backup {@code latest}, an id, {@code s3://bucket/key}, or a file
 * @param region {@code auto}, {@code primary} or {@code dr}
 * @param jobs how many at once; empty for as many as the machine has processors
 */
public record LogicalRequest(String backup, String region, OptionalInt jobs) {}
