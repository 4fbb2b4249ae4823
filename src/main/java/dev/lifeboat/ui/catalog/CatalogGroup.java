package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;

import java.util.List;

/**
 * Backups below one heading.
 *
 * @param name its heading
 * @param path of the headings above it and its own; the same whenever the catalog is read
 * @param isTop whether no heading stands above it
 * @param isNewest whether it holds the newest backup of those beside it
 * @param items what stands below it, further groups among them
 * @param tally what is told of all its backups together
 */
record CatalogGroup(
        BackupKind kind,
        String name,
        String path,
        boolean isTop,
        boolean isNewest,
        List<CatalogItem> items,
        Tally tally)
        implements CatalogItem {
    CatalogGroup {
        items = List.copyOf(items);
    }
}
