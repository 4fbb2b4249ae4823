package dev.lifeboat.catalog.find;

import java.util.function.BooleanSupplier;

/** Every segment is needed until it is enough. */
record ReadAll(BooleanSupplier enough) implements Need {
    @Override
    public boolean isNeeded(int place) {
        return true;
    }

    @Override
    public boolean mayPassOver() {
        return false;
    }

    @Override
    public void passedOver(int place) {
        throw new IllegalStateException("a segment that is needed was passed over: " + place);
    }

    @Override
    public boolean isEnough() {
        return enough.getAsBoolean();
    }
}
