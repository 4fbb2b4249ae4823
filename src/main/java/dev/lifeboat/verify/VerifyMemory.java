package dev.lifeboat.verify;

import dev.lifeboat.catalog.VerifyLevel;
import dev.lifeboat.crypto.Sha256;
import dev.lifeboat.storage.ObjectInfo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which copies of objects were proven before: a line for each, under LIFEBOAT_HOME. A line holds a
 * digest over store, key, ETag, size and the SHA-256 the copy was held against, so that whatever
 * changes makes it another object. A line that is lost costs another reading. Safe for many
 * threads; processes may share the file.
 */
public final class VerifyMemory {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyMemory.class);

    /** The file's place below LIFEBOAT_HOME. */
    public static final String PLACE = "verified/objects";

    private final Path file;
    private final Map<String, VerifyLevel> known = new HashMap<>();

    public VerifyMemory(Path file) {
        this.file = file;
        for (String line : lines(file)) {
            String[] parts = line.split(" ", -1);
            if (parts.length == 2 && parts[0].length() == 64 && isLevel(parts[1])) {
                known.merge(parts[0], VerifyLevel.ofWord(parts[1]), VerifyMemory::higher);
            }
        }
    }

    /**
     * Forgets every proof, because a copy that may have been among them was found damaged: bytes
     * can change where the store's word for them does not. Each is read anew then. Never throws.
     */
    public static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            LOG.warn("What was verified before could not be forgotten", kept);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            LOG.warn("What was verified before is not known", unreadable);
            return List.of();
        }
    }

    private static boolean isLevel(String word) {
        for (VerifyLevel level : VerifyLevel.values()) {
            if (level.word().equals(word)) {
                return true;
            }
        }
        return false;
    }

    private static VerifyLevel higher(VerifyLevel a, VerifyLevel b) {
        return a.covers(b) ? a : b;
    }

    /**
     * Whether this very copy was proven at the level.
     *
     * @param sha256 what the manifest says of it
     */
    synchronized boolean knows(String store, ObjectInfo copy, String sha256, VerifyLevel level) {
        VerifyLevel before = known.get(identity(store, copy, sha256));
        return before != null && before.covers(level);
    }

    synchronized void remember(String store, ObjectInfo copy, String sha256, VerifyLevel level) {
        String identity = identity(store, copy, sha256);
        known.merge(identity, level, VerifyMemory::higher);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    identity + " " + level.word() + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            LOG.warn("What was verified cannot be remembered", unwritable);
        }
    }

    private static String identity(String store, ObjectInfo copy, String sha256) {
        String text =
                String.join("\n", store, copy.key(), copy.etag(), "" + copy.sizeBytes(), sha256);
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
    }
}
