package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

import java.io.IOException;

/** Makes something of an object's bytes, and says by an exception when they are not good. */
@FunctionalInterface
public interface ObjectReader<T> {
    /**
     * Called once for each region that is tried, each time with the object from its start. What an
     * earlier call left behind must not count.
     */
    T read(Region region, ObjectStream bytes) throws RecoveryException, IOException;
}
