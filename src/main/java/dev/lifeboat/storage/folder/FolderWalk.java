package dev.lifeboat.storage.folder;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.storage.Keys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/** Goes through the files in the order of their keys. */
final class FolderWalk {
    private final String prefix;
    private final String startAfter;
    private final Visit visit;
    private final CancelToken cancel;

    /** Is shown each file. */
    interface Visit {
        /**
         * @return whether to go on
         */
        boolean file(String key, Path file, BasicFileAttributes attributes)
                throws IOException, RecoveryException;
    }

    FolderWalk(String prefix, String startAfter, Visit visit, CancelToken cancel) {
        this.prefix = prefix;
        this.startAfter = startAfter;
        this.visit = visit;
        this.cancel = cancel;
    }

    /**
     * @param at the folder's key with a slash behind it; empty for the root
     * @return whether the visitor wants more
     */
    boolean go(Path folder, String at) throws IOException, RecoveryException {
        for (Map.Entry<String, Path> entry : entries(folder, at).entrySet()) {
            cancel.check();
            String key = entry.getKey();
            if (key.endsWith("/")) {
                if (mayHold(key) && !go(entry.getValue(), key)) {
                    return false;
                }
            } else if (key.startsWith(prefix) && Keys.ORDER.compare(key, startAfter) > 0) {
                if (!show(key, entry.getValue())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Map<String, Path> entries(Path folder, String at) throws IOException {
        Map<String, Path> entries = new TreeMap<>(Keys.ORDER);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String key = at + file.getFileName();
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    if (!key.equals(FolderLayout.OWN)) {
                        entries.put(key + "/", file);
                    }
                } else {
                    entries.put(key, file);
                }
            }
        } catch (NoSuchFileException _) {
            return Map.of(); // removed meanwhile
        }
        return entries;
    }

    private boolean mayHold(String folderKey) {
        boolean withinPrefix = folderKey.startsWith(prefix) || prefix.startsWith(folderKey);
        boolean behind =
                Keys.ORDER.compare(folderKey, startAfter) > 0 || startAfter.startsWith(folderKey);
        return withinPrefix && behind;
    }

    private boolean show(String key, Path file) throws IOException, RecoveryException {
        BasicFileAttributes attributes;
        try {
            attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException _) {
            return true; // removed meanwhile
        }
        return !attributes.isRegularFile() || visit.file(key, file, attributes);
    }
}
