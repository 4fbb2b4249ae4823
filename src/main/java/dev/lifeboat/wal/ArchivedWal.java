package dev.lifeboat.wal;

import java.util.Comparator;
import java.util.Optional;

/**
 * A WAL file in the archive: which file, in which form. Ordered by name, then best form first.
 *
 * <p>{@code prefix} is what a profile puts before all its keys: empty, or ending with {@code /}.
 */
public record ArchivedWal(WalFileName file, ArchivedForm form) implements Comparable<ArchivedWal> {
    /** The folder of all WAL objects, below the prefix. */
    public static final String FOLDER = "wal/";

    private static final Comparator<ArchivedWal> ORDER =
            Comparator.comparing((ArchivedWal wal) -> wal.file.name())
                    .thenComparing(ArchivedWal::form);

    public ArchivedWal {
        if (file instanceof WalFileName.Other) {
            throw new IllegalArgumentException("'" + file.name() + "' is no WAL file");
        }
    }

    /** The object's name in its folder: {@code 000000010000000A000000FF.zst.enc}. */
    public String objectName() {
        return file.name() + form.suffix();
    }

    public String key(String prefix) {
        return prefix + FOLDER + objectName();
    }

    /** Reads {@link #objectName()}; empty when it is no WAL file in a known form. */
    public static Optional<ArchivedWal> parse(String objectName) {
        for (ArchivedForm form : ArchivedForm.values()) {
            if (objectName.endsWith(form.suffix())) {
                String name = objectName.substring(0, objectName.length() - form.suffix().length());
                WalFileName file = WalFileName.parse(name);
                return file instanceof WalFileName.Other
                        ? Optional.empty()
                        : Optional.of(new ArchivedWal(file, form));
            }
        }
        return Optional.empty();
    }

    /** Reads {@link #key}; empty when the key lies elsewhere or is no WAL file in a known form. */
    public static Optional<ArchivedWal> parseKey(String prefix, String key) {
        String folder = prefix + FOLDER;
        return key.startsWith(folder) ? parse(key.substring(folder.length())) : Optional.empty();
    }

    @Override
    public int compareTo(ArchivedWal other) {
        return ORDER.compare(this, other);
    }
}
