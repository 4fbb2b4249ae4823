package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Timestamps;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a record that {@code verify} leaves in the bucket. It says what the catalog shows, so
 * that a listing is enough to show it.
 *
 * @param identity of the content that was verified ({@link CatalogEntry.Facts#identity()})
 */
public record VerifyRecordName(String id, String identity, Verification verification) {
    /** The kind of record, a folder below {@code records/}. */
    public static final String KIND = "verify";

    private static final Pattern FORM =
            Pattern.compile(
                    "(.+)\\.([0-9a-f]+)\\.(listed|checksum|readable|restored)\\.(ok|failed)"
                            + "\\.(\\d{8}_\\d{6})\\.json");

    /** The key of the record. */
    public String key(BackupKeys keys) {
        Instant at = verification.at();
        return keys.records(KIND)
                + Timestamps.day(at)
                + "/"
                + id
                + "."
                + identity
                + "."
                + verification.level().word()
                + (verification.ok() ? ".ok." : ".failed.")
                + Timestamps.key(at)
                + ".json";
    }

    /** Reads {@link #key}; empty when the key is of no such record. */
    static Optional<VerifyRecordName> parse(String key) {
        Matcher parts = FORM.matcher(key.substring(key.lastIndexOf('/') + 1));
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new VerifyRecordName(
                            parts.group(1),
                            parts.group(2),
                            new Verification(
                                    VerifyLevel.ofWord(parts.group(3)),
                                    Timestamps.parseKey(parts.group(5)),
                                    parts.group(4).equals("ok"))));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
