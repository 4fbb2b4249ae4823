package dev.lifeboat.storage;

import dev.lifeboat.crypto.ContentDigest;

/**
 * What was stored.
 *
 * @param content size and digest of the stored bytes, as they were measured on the way out
 */
public record Stored(ObjectInfo info, ContentDigest content) {}
