package dev.lifeboat.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version the build wrote down. */
public final class Version {
    private Version() {}

    /** As in the pom. */
    public static String text() {
        try (InputStream in = Version.class.getResourceAsStream("/dev/lifeboat/version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
