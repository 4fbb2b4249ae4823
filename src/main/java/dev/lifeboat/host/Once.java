package dev.lifeboat.host;

import java.util.function.Supplier;

/** A value that is asked for once, when it is first needed. Safe for use by many threads. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> source;
    private T value;

    Once(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public synchronized T get() {
        if (value == null) {
            value = source.get();
        }
        return value;
    }
}
