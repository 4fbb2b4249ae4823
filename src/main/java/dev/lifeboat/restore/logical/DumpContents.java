package dev.lifeboat.restore.logical;

import dev.lifeboat.postgres.DumpListing;

import java.util.Optional;

/**
 * What a dump holds, as its beginning tells. Its end was not read: nothing of it is proven.
 *
 * @param listing its table of contents; empty when it is SQL, which has none
 * @param readBytes how many of its stored bytes were fetched
 * @param storedBytes how many it has
 */
public record DumpContents(Optional<DumpListing> listing, long readBytes, long storedBytes) {}
