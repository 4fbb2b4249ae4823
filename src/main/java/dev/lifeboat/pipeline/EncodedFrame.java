package dev.lifeboat.pipeline;

/**
 * A frame ready to be stored.
 *
 * @param index which it is, from 0; it holds the plain bytes from {@code index x frame size} on
 * @param digests of its plain and its stored bytes
 * @param stored the bytes to store
 */
public record EncodedFrame(int index, EncodedDigests digests, StoredBytes stored) {}
