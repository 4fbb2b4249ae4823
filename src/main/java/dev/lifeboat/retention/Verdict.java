package dev.lifeboat.retention;

import dev.lifeboat.catalog.CatalogEntry;

import java.util.Set;

/**
 * What becomes of one backup, and why.
 *
 * @param why follows the backup's name
 */
record Verdict(CatalogEntry entry, boolean stays, Set<Generation> generations, String why) {
    static Verdict stays(CatalogEntry entry, String why) {
        return new Verdict(entry, true, Set.of(), why);
    }

    static Verdict goes(CatalogEntry entry, String why) {
        return new Verdict(entry, false, Set.of(), why);
    }
}
