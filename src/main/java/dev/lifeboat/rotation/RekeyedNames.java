package dev.lifeboat.rotation;

import dev.lifeboat.catalog.BackupKeys;
import dev.lifeboat.crypto.KeyFingerprint;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of objects that were encrypted anew: the fingerprint of the key stands before the
 * extension, {@code base.tar.0000000.k0123456789abcdef.zst.enc}. A base's order by name, and the
 * patterns of the commands for restoring by hand, hold for them too.
 *
 * <p>Source: {@code docs/format.md}, "Keys".
 */
final class RekeyedNames {
    private static final Pattern MARK = Pattern.compile("\\.k[0-9a-f]{16}(?=\\.)");
    private static final List<String> EXTENSIONS =
            List.of(
                    BackupKeys.DUMP_SUFFIX,
                    BackupKeys.GLOBALS_SUFFIX,
                    BackupKeys.CONFIG_SUFFIX,
                    ".zst.enc",
                    ".enc");

    private RekeyedNames() {}

    /** The key's name under another encryption key; empty when it has no extension of ours. */
    static Optional<String> under(String key, KeyFingerprint fingerprint) {
        String plain = withoutMark(key);
        return EXTENSIONS.stream()
                .filter(plain::endsWith)
                .findFirst()
                .map(
                        extension ->
                                plain.substring(0, plain.length() - extension.length())
                                        + ".k"
                                        + fingerprint.hex()
                                        + extension);
    }

    /** The name the object had before anything was encrypted anew. */
    static String withoutMark(String key) {
        int name = key.lastIndexOf('/') + 1;
        return key.substring(0, name) + MARK.matcher(key.substring(name)).replaceAll("");
    }
}
