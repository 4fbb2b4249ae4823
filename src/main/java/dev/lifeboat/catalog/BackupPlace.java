package dev.lifeboat.catalog;

import dev.lifeboat.kernel.Timestamps;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a key belongs: to which backup, and as which part of it.
 *
 * @param stem what all keys of the backup begin with; {@code name} follows it
 * @param foreign whether it lies under a name that Lifeboat's own backups never have: a whole
 *     backup in one object, without manifest
 */
record BackupPlace(BackupKind kind, String stem, String name, String id, boolean foreign) {
    private static final Pattern EXTENSIONS = Pattern.compile("(\\.(sql|dump|tar|gz|zst|enc))+$");

    /** What stands before the extension of an object that was encrypted anew. */
    private static final Pattern REKEYED =
            Pattern.compile("(_(?:full|config)_\\d{8}_\\d{6})\\.k[0-9a-f]{16}$");

    private static final Pattern OWN_ID =
            Pattern.compile("(.*)_(full|base|config)_(\\d{8}_\\d{6})");

    /** Reads a key below {@link BackupKeys#backups()}; empty when it is of no backup. */
    static Optional<BackupPlace> of(BackupKeys keys, String key) {
        for (BackupKind kind : BackupKind.values()) {
            if (key.startsWith(keys.kind(kind))) {
                return kind == BackupKind.BASE
                        ? ofBase(keys, key)
                        : ofFile(kind, key, key.length() - fileName(key).length());
            }
        }
        return Optional.empty();
    }

    private static Optional<BackupPlace> ofBase(BackupKeys keys, String key) {
        int slash = key.lastIndexOf('/');
        String stem = key.substring(0, slash);
        boolean inFolder = stem.indexOf('/', keys.kind(BackupKind.BASE).length()) > 0;
        return inFolder && slash + 1 < key.length()
                ? Optional.of(
                        new BackupPlace(
                                BackupKind.BASE, stem, key.substring(slash), fileName(stem), false))
                : Optional.empty();
    }

    private static Optional<BackupPlace> ofFile(BackupKind kind, String key, int folder) {
        String[] own =
                kind == BackupKind.FULL
                        ? new String[] {
                            BackupKeys.MANIFEST_SUFFIX,
                            BackupKeys.GLOBALS_SUFFIX,
                            BackupKeys.DUMP_SUFFIX
                        }
                        : new String[] {BackupKeys.MANIFEST_SUFFIX, BackupKeys.CONFIG_SUFFIX};
        for (String suffix : own) {
            if (key.endsWith(suffix) && key.length() > folder + suffix.length()) {
                String stem = key.substring(0, key.length() - suffix.length());
                stem = REKEYED.matcher(stem).replaceFirst("$1");
                return Optional.of(
                        new BackupPlace(
                                kind,
                                stem,
                                key.substring(stem.length()),
                                stem.substring(folder),
                                false));
            }
        }
        boolean whole = kind == BackupKind.FULL && key.endsWith(".enc");
        return whole ? Optional.of(foreign(key)) : Optional.empty();
    }

    /** A whole backup in the one object under this key. */
    static BackupPlace foreign(String key) {
        String name = fileName(key);
        Matcher extensions = EXTENSIONS.matcher(name);
        String id =
                extensions.find() && extensions.start() > 0
                        ? name.substring(0, extensions.start())
                        : name;
        return new BackupPlace(BackupKind.FULL, key, "", id, true);
    }

    private static String fileName(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    boolean isManifest() {
        return name.equals(BackupKeys.MANIFEST_SUFFIX)
                || name.equals("/" + BackupKeys.BASE_MANIFEST);
    }

    /** The manifest's key of a backup with this stem. */
    String manifestKey() {
        return stem
                + (kind == BackupKind.BASE
                        ? "/" + BackupKeys.BASE_MANIFEST
                        : BackupKeys.MANIFEST_SUFFIX);
    }

    /** The database in the name of the backup, where it has the form of ours. */
    Optional<String> database() {
        Matcher own = OWN_ID.matcher(id);
        return own.matches() ? Optional.of(own.group(1)) : Optional.empty();
    }

    /** The time in the name of the backup, where it has the form of ours. */
    Optional<Instant> time() {
        Matcher own = OWN_ID.matcher(id);
        try {
            return own.matches()
                    ? Optional.of(Timestamps.parseKey(own.group(3)))
                    : Optional.empty();
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
