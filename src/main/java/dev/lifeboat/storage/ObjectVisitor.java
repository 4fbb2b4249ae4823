package dev.lifeboat.storage;

import dev.lifeboat.kernel.RecoveryException;

/** Is shown the objects of a listing, one after the other. */
@FunctionalInterface
public interface ObjectVisitor {
    /**
     * @return whether the listing goes on
     */
    boolean visit(ObjectInfo object) throws RecoveryException;
}
