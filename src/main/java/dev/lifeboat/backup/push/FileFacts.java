package dev.lifeboat.backup.push;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * What tells one state of a file from another, as {@code stat -c '%s %i %.9Y'} prints it: size,
 * inode, time of modification. The launcher compares this text.
 */
record FileFacts(String text) {
    static FileFacts of(Path file) throws IOException {
        Map<String, Object> facts =
                Files.readAttributes(
                        file, "unix:size,ino,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        Instant modified = ((FileTime) facts.get("lastModifiedTime")).toInstant();
        return new FileFacts(
                String.format(
                        Locale.ROOT,
                        "%d %d %d.%09d",
                        (long) facts.get("size"),
                        (long) facts.get("ino"),
                        modified.getEpochSecond(),
                        modified.getNano()));
    }
}
