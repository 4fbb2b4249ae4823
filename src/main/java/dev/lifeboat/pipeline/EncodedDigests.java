package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.ContentDigest;

/**
 * Both sides of one encoded object.
 *
 * @param plain what the user wrote
 * @param stored what lies in the bucket
 */
public record EncodedDigests(ContentDigest plain, ContentDigest stored) {}
