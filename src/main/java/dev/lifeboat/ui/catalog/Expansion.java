package dev.lifeboat.ui.catalog;

import java.util.HashMap;
import java.util.Map;

/**
 * Which groups are open: the newest ones, until somebody opens or closes one. What was opened or
 * closed stays so when the catalog is read again. While something is looked for, everything found
 * is open; what is closed meanwhile is open again for the next search. FX thread only.
 */
final class Expansion {
    private final Map<String, Boolean> chosen = new HashMap<>();
    private final Map<String, Boolean> whileNarrowed = new HashMap<>();

    boolean isOpen(CatalogGroup group, boolean narrowed) {
        return narrowed
                ? whileNarrowed.getOrDefault(group.path(), true)
                : chosen.getOrDefault(group.path(), group.isNewest());
    }

    /** Somebody opened or closed it. */
    void set(CatalogGroup group, boolean narrowed, boolean open) {
        (narrowed ? whileNarrowed : chosen).put(group.path(), open);
    }

    /** Something else is looked for. */
    void lookAnew() {
        whileNarrowed.clear();
    }
}
