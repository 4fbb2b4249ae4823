package dev.lifeboat.wal;

/**
 * Where a version of a row lies, as {@code ctid} names it within its relation.
 *
 * @param block from 0
 * @param offset the line pointer, from 1
 */
public record RowPlace(RelationFile relation, long block, int offset) {}
