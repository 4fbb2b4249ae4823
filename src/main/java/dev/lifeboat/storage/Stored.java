package dev.lifeboat.storage;

/**
 * What was stored, as it was measured on the way out.
 *
 * @param sha256 of the stored bytes, lower-case hex
 */
public record Stored(ObjectInfo info, long sizeBytes, String sha256) {}
