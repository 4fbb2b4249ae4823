package dev.lifeboat.sandbox;

/**
 * Is told what happens in the sandbox, line by line, as it happens. Called by one thread at a time.
 */
@FunctionalInterface
public interface Narrator {
    void say(String line);
}
