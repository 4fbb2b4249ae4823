package dev.lifeboat.ui.catalog;

import dev.lifeboat.catalog.BackupKind;
import dev.lifeboat.catalog.Manifest;
import dev.lifeboat.kernel.ByteSize;
import dev.lifeboat.kernel.TimeSpan;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.control.MonoText;
import dev.lifeboat.ui.task.TimeText;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The parts of a manifest, as the detail shows them. */
final class DetailParts {
    private static final int TABLES = 12;
    private final TimeText times;
    private final CatalogRow row;

    DetailParts(TimeText times, CatalogRow row) {
        this.times = times;
        this.row = row;
    }

    List<Node> of(Manifest manifest) {
        List<Node> parts = new ArrayList<>();
        parts.add(title("detail.facts"));
        parts.add(facts(manifest));
        if (manifest.base() != null) {
            parts.add(title("detail.base"));
            parts.add(base(manifest.base()));
        }
        if (!manifest.tables().isEmpty()) {
            parts.add(title("detail.tables"));
            parts.add(tables(manifest));
            if (manifest.tables().size() > TABLES) {
                parts.add(
                        sentence(
                                Messages.count(
                                        "detail.moreTables", manifest.tables().size() - TABLES)));
            }
        }
        parts.add(title("detail.objects"));
        parts.add(objects(manifest));
        if (!manifest.restoreByHand().isEmpty()) {
            parts.add(title("detail.byHand"));
            parts.add(sentence(Messages.text("detail.byHandWhy")));
            parts.add(MonoText.block(String.join("\n", manifest.restoreByHand())));
        }
        return parts;
    }

    private GridPane facts(Manifest manifest) {
        var grid = grid();
        add(grid, "detail.begun", times.both(manifest.startedAt()));
        add(
                grid,
                "detail.took",
                TimeSpan.told(Duration.between(manifest.startedAt(), manifest.finishedAt())));
        add(
                grid,
                "detail.size",
                Messages.text(
                        "detail.sizes",
                        ByteSize.format(manifest.plainBytes()),
                        ByteSize.format(manifest.storedBytes())));
        add(grid, "detail.server", Messages.text("detail.postgres", version(manifest)));
        add(grid, "detail.system", manifest.systemIdentifier());
        add(grid, "detail.cipher", manifest.encryption().cipher());
        add(grid, "detail.key", manifest.encryption().keyFingerprint());
        add(grid, "detail.compression", manifest.compression());
        if (!row.digest().isEmpty()) {
            add(grid, "detail.digest", row.digest());
        }
        add(grid, "detail.storage", Words.storageClass(row) + ", " + Words.thaw(row));
        add(grid, "detail.kept", kept());
        add(
                grid,
                "detail.origin",
                Messages.text("detail.madeBy", manifest.origin().host(), manifest.origin().tool()));
        return grid;
    }

    private String kept() {
        if (row.kind() == BackupKind.BASE) {
            return Messages.text("detail.kept.base");
        }
        return row.keptUntil() == null
                ? Messages.text("detail.kept.none")
                : Messages.text("detail.kept.until", Words.kept(row), times.both(row.keptUntil()));
    }

    private static String version(Manifest manifest) {
        return manifest.serverMajor() + "." + manifest.serverVersion() % 10_000;
    }

    private GridPane base(Manifest.BaseFacts base) {
        var grid = grid();
        add(grid, "detail.timeline", String.valueOf(base.timeline()));
        add(grid, "detail.startLsn", base.startLsn().toString());
        add(grid, "detail.stopLsn", base.stopLsn().toString());
        add(grid, "detail.consistent", times.both(base.stopTime()));
        add(grid, "detail.wal", base.firstWal() + " – " + base.lastWal());
        add(
                grid,
                "detail.checksums",
                Messages.text(base.dataChecksums() ? "detail.yes" : "detail.no"));
        return grid;
    }

    private static GridPane tables(Manifest manifest) {
        var grid = grid();
        manifest.tables().stream()
                .limit(TABLES)
                .forEach(
                        table ->
                                addRow(
                                        grid,
                                        table.table(),
                                        table.rows() < 0
                                                ? ByteSize.format(table.bytes())
                                                : Messages.count(
                                                        "detail.rows",
                                                        table.rows(),
                                                        ByteSize.format(table.bytes()))));
        return grid;
    }

    /** How many objects of each role there are, and their size; the digest of one that is alone. */
    private static GridPane objects(Manifest manifest) {
        var grid = grid();
        Map<String, List<Manifest.StoredObject>> roles =
                manifest.objects().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Manifest.StoredObject::role,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        roles.forEach((role, objects) -> addRow(grid, role, objects(objects)));
        return grid;
    }

    private static String objects(List<Manifest.StoredObject> objects) {
        long bytes = objects.stream().mapToLong(Manifest.StoredObject::storedBytes).sum();
        String told = Messages.count("detail.objectCount", objects.size(), ByteSize.format(bytes));
        return objects.size() > 1
                ? told
                : Messages.text("detail.sha256", told, objects.getFirst().storedSha256());
    }

    static GridPane grid() {
        var grid = new GridPane();
        grid.getStyleClass().add("fact-grid");
        var names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        var values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(names, values);
        return grid;
    }

    static void add(GridPane grid, String key, String value) {
        addRow(grid, Messages.text(key), value);
    }

    private static void addRow(GridPane grid, String name, String value) {
        var left = new Label(name);
        left.getStyleClass().add("caption");
        var right = new Label(value);
        right.getStyleClass().add("mono-small");
        right.setWrapText(true);
        right.setMinHeight(Region.USE_PREF_SIZE);
        grid.addRow(grid.getRowCount(), left, right);
    }

    private static Label title(String key) {
        var title = new Label(Messages.text(key));
        title.getStyleClass().add("overline");
        return title;
    }

    static Label sentence(String text) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
