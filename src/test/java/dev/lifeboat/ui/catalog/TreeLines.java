package dev.lifeboat.ui.catalog;

import javafx.scene.control.TreeItem;

import java.util.function.Predicate;

/** Finds lines of the catalog's tree. */
final class TreeLines {
    private TreeLines() {}

    /** The first that is wanted, from above, whether its groups are open or not. */
    static TreeItem<CatalogItem> first(TreeItem<CatalogItem> from, Predicate<CatalogItem> wanted) {
        if (from.getValue() != null && wanted.test(from.getValue())) {
            return from;
        }
        for (TreeItem<CatalogItem> below : from.getChildren()) {
            TreeItem<CatalogItem> found = first(below, wanted);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
