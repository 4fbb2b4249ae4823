package dev.lifeboat.rescue;

import java.util.List;

/**
 * A row that is not the same in both.
 *
 * @param kind what is wrong with it in the live database
 * @param key its values, as text
 * @param liveDigest of the live row when it was compared; empty where there is none
 */
record Difference(Kind kind, List<String> key, String liveDigest) {
    enum Kind {
        MISSING,
        CHANGED
    }

    Difference {
        key = List.copyOf(key);
    }
}
