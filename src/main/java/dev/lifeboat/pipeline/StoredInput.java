package dev.lifeboat.pipeline;

import dev.lifeboat.crypto.ContentDigest;

import java.io.InputStream;

/** The bytes of a stored object in order, digested as they pass. */
abstract class StoredInput extends InputStream {
    /** Whether the last byte has passed. */
    abstract boolean ended();

    /** Size and digest of all stored bytes; to be asked once, when {@link #ended()}. */
    abstract ContentDigest storedDigest();
}
