package dev.lifeboat.storage;

import java.util.Comparator;

/** The order of keys. */
public final class Keys {
    /**
     * By UTF-8 bytes, which is by code point; {@link String#compareTo} differs from it above
     * U+FFFF. Source: Amazon S3 API reference, ListObjectsV2, "lexicographical order".
     */
    public static final Comparator<String> ORDER = Keys::compare;

    private Keys() {}

    private static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
                return bothOrNone ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
