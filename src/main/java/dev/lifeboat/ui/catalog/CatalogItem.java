package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;

/** What a line of the catalog stands for: one backup, or several below their heading. */
sealed interface CatalogItem permits CatalogRow, CatalogGroup {
    /** Names the line, and still does when the catalog was read again. */
    String path();

    BackupKind kind();
}
