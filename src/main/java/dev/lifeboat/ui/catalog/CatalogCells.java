package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.ui.control.Icons;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.Role;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableRow;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The cells of the catalog's table. Each keeps its glyphs: thousands of lines pass through it. */
final class CatalogCells {
    private CatalogCells() {}

    /** One line; a group's is set off from those of backups. */
    static final class Line extends TreeTableRow<CatalogItem> {
        private static final PseudoClass GROUP = PseudoClass.getPseudoClass("group");

        @Override
        protected void updateItem(CatalogItem item, boolean empty) {
            super.updateItem(item, empty);
            pseudoClassStateChanged(GROUP, !empty && item instanceof CatalogGroup);
        }
    }

    /** A cell that says something else of a backup than of a group. */
    abstract static class Cell extends TreeTableCell<CatalogItem, CatalogItem> {
        @Override
        protected final void updateItem(CatalogItem item, boolean empty) {
            super.updateItem(item, empty);
            switch (empty ? null : item) {
                case null -> {
                    setText(null);
                    setGraphic(null);
                    setAccessibleText(null);
                }
                case CatalogRow row -> show(row);
                case CatalogGroup group -> show(group);
            }
        }

        abstract void show(CatalogRow row);

        abstract void show(CatalogGroup group);
    }

    static final class TextCell extends Cell {
        private final Function<CatalogRow, String> ofRow;
        private final Function<Tally, String> ofGroup;

        TextCell(Function<CatalogRow, String> ofRow, Function<Tally, String> ofGroup) {
            this.ofRow = ofRow;
            this.ofGroup = ofGroup;
            getStyleClass().add("mono");
        }

        @Override
        void show(CatalogRow row) {
            setText(ofRow.apply(row));
        }

        @Override
        void show(CatalogGroup group) {
            setText(ofGroup.apply(group.tally()));
        }
    }

    /** Glyph, word and colour. */
    static final class WordCell extends Cell {
        private final Function<CatalogRow, Word> ofRow;
        private final Function<Tally, Word> ofGroup;
        private final Map<Role, Node> glyphs = new EnumMap<>(Role.class);
        private Role role = Role.TEXT;

        WordCell(Function<CatalogRow, Word> ofRow, Function<Tally, Word> ofGroup) {
            this.ofRow = ofRow;
            this.ofGroup = ofGroup;
            getStyleClass().addAll("in-role", role.styleClass());
        }

        @Override
        void show(CatalogRow row) {
            say(ofRow.apply(row));
        }

        @Override
        void show(CatalogGroup group) {
            say(ofGroup.apply(group.tally()));
        }

        private void say(Word word) {
            if (role != word.role()) {
                getStyleClass().remove(role.styleClass());
                role = word.role();
                getStyleClass().add(role.styleClass());
            }
            setText(word.text());
            setGraphic(word.hasGlyph() ? glyphs.computeIfAbsent(role, WordCell::glyph) : null);
        }

        private static Node glyph(Role role) {
            return Icons.of(role.glyph(), "in-role");
        }
    }

    /** The backup's name, or the group's with how many it holds; told in full to who cannot see. */
    static final class NameCell extends Cell {
        private final TimeText times;
        private final Map<BackupKind, Node> glyphs = new EnumMap<>(BackupKind.class);

        NameCell(TimeText times) {
            this.times = times;
            getStyleClass().addAll("backup-name", "may-shorten");
        }

        @Override
        void show(CatalogRow row) {
            setText(row.id());
            setGraphic(glyphs.computeIfAbsent(row.kind(), Words::glyph));
            setAccessibleText(Words.spoken(row));
        }

        @Override
        void show(CatalogGroup group) {
            setText(Words.heading(group));
            setGraphic(group.isTop() ? glyphs.computeIfAbsent(group.kind(), Words::glyph) : null);
            setAccessibleText(Words.spoken(group, times));
        }
    }
}
