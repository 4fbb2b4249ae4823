package dev.lifeboat.ui.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.FxWatchdog;
import dev.lifeboat.ui.TestContexts;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.TaskRunner;

import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

class CatalogTableScreenTest {
    private final FakeServices services = new FakeServices();
    private CatalogScreen screen;
    private TreeTableView<CatalogItem> table;

    @BeforeEach
    void show() {
        services.catalog = SampleCatalog.of(100, Map.of());
        services.manifest = SampleCatalog.manifest();
        FxToolkit.onFx(
                () -> {
                    screen = new CatalogScreen(TestContexts.of(services));
                    screen.activate();
                    table = screen.controller().table();
                    new Scene(screen.root(), 1280, 800);
                    screen.root().applyCss();
                    screen.root().layout();
                });
    }

    private List<String> lines() {
        return IntStream.range(0, table.getExpandedItemCount())
                .mapToObj(at -> table.getTreeItem(at).getValue())
                .map(item -> item instanceof CatalogGroup group ? group.name() : item.path())
                .toList();
    }

    private TreeItem<CatalogItem> group(String name) {
        return TreeLines.first(
                table.getRoot(),
                item -> item instanceof CatalogGroup group && group.name().equals(name));
    }

    private void press(KeyCode code) {
        Event.fireEvent(
                table,
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    private static CatalogFilter text(String text) {
        return new CatalogFilter(text, Optional.empty(), false, false, false, false);
    }

    @Test
    void opensTheNewestAndShowsEveryKindWithoutScrolling() {
        FxToolkit.onFx(
                () ->
                        assertThat(lines())
                                .startsWith("Physical bases · Timeline 3", "Last 7 days")
                                .contains("Earlier in 2026-11", "Logical dumps · orders")
                                .contains("Configuration")
                                .hasSizeLessThan(32));
    }

    @Test
    void whatWasOpenedAndClosedStaysSoWhenItIsReadAgain() {
        FxToolkit.onFx(
                () -> {
                    group("Last 7 days").setExpanded(false);
                    group("2026-10").setExpanded(true);
                    List<String> before = lines();

                    screen.refresh();

                    assertThat(lines()).isEqualTo(before);
                });
    }

    @Test
    void aSearchOpensWhatItFindsAndLeavesTheGroupsAsTheyWere() {
        FxToolkit.onFx(
                () -> {
                    List<String> before = lines();

                    screen.controller().getModel().setFilter(text("base_202610"));

                    assertThat(lines())
                            .hasSizeGreaterThan(10)
                            .contains("Physical bases · Timeline 3")
                            .noneMatch(line -> line.startsWith("Logical dumps"))
                            .anyMatch(line -> line.contains("main_base_202610"));
                    screen.controller().getModel().setFilter(CatalogFilter.none());
                    assertThat(lines()).isEqualTo(before);
                });
    }

    @Test
    void whatWasChosenStaysChosenWhenItIsReadAgainOrNoLongerGrouped() {
        FxToolkit.onFx(
                () -> {
                    TreeItem<CatalogItem> line =
                            TreeLines.first(table.getRoot(), CatalogRow.class::isInstance);
                    String path = line.getValue().path();
                    table.getSelectionModel().select(line);
                    services.catalog = SampleCatalog.of(101, Map.of());

                    screen.refresh();

                    assertThat(table.getSelectionModel().getSelectedItem())
                            .isNotSameAs(line)
                            .extracting(chosen -> chosen.getValue().path())
                            .isEqualTo(path);
                    screen.controller().getModel().groupedProperty().set(false);
                    assertThat(table.getSelectionModel().getSelectedItem().getValue().path())
                            .isEqualTo(path);
                    assertThat(lines()).hasSize(101);
                });
    }

    @Test
    void readsTheManifestOfWhatIsChosenOnceHoweverOftenTheCatalogIsReadAgain() {
        FxToolkit.onFx(
                () -> {
                    table.getSelectionModel()
                            .select(TreeLines.first(table.getRoot(), CatalogRow.class::isInstance));

                    screen.refresh();
                    screen.refresh();

                    assertThat(services.manifestsRead).isEqualTo(1);
                });
    }

    @Test
    void theManifestOfWhatWasChosenFromTheCacheIsReadOnceTheBucketsAnswer() {
        FxToolkit.onFx(
                () -> {
                    Deque<Runnable> asked = new ArrayDeque<>();
                    var second = new CatalogScreen(TestContexts.of(services, asked::add));
                    second.activate();
                    asked.remove().run();
                    Runnable buckets = asked.remove();
                    asked.remove().run();
                    TreeTableView<CatalogItem> lines = second.controller().table();
                    lines.getSelectionModel()
                            .select(TreeLines.first(lines.getRoot(), CatalogRow.class::isInstance));
                    assertThat(services.manifestsRead).isZero();

                    buckets.run();
                    while (!asked.isEmpty()) {
                        asked.remove().run();
                    }

                    assertThat(services.manifestsRead).isEqualTo(1);
                });
    }

    @Test
    void aHeaderSortsWithinTheGroups() {
        FxToolkit.onFx(
                () -> {
                    List<String> groups =
                            lines().stream().filter(line -> !line.contains("/")).toList();
                    TreeTableColumn<CatalogItem, ?> stored = table.getColumns().get(6);
                    assertThat(stored.getText()).isEqualTo("Stored");

                    table.getSortOrder().setAll(List.of(stored));

                    assertThat(lines().stream().filter(line -> !line.contains("/")).toList())
                            .isEqualTo(groups);
                    assertThat(
                                    group("Last 7 days").getChildren().stream()
                                            .map(line -> ((CatalogRow) line.getValue()))
                                            .map(CatalogRow::storedBytes)
                                            .toList())
                            .isSorted();
                });
    }

    @Test
    void enterOpensAGroupAndEscapeLeavesTheLine() {
        FxToolkit.onFx(
                () -> {
                    TreeItem<CatalogItem> month = group("2026-10");
                    table.getSelectionModel().select(month);

                    press(KeyCode.ENTER);

                    assertThat(month.isExpanded()).isTrue();
                    press(KeyCode.ENTER);
                    assertThat(month.isExpanded()).isFalse();
                    press(KeyCode.ESCAPE);
                    assertThat(table.getSelectionModel().isEmpty()).isTrue();
                });
    }

    @Test
    void enterOnABackupLeadsToWhatCanBeDoneWithIt() {
        FxToolkit.onFx(
                () -> {
                    table.getSelectionModel()
                            .select(TreeLines.first(table.getRoot(), CatalogRow.class::isInstance));
                    screen.root().applyCss();
                    screen.root().layout();

                    press(KeyCode.ENTER);

                    assertThat(table.getScene().getFocusOwner()).isInstanceOf(Button.class);
                });
    }

    @Test
    void tenThousandBackupsNeverKeepTheFxThread() throws Exception {
        services.catalog = SampleCatalog.of(10_000, Map.of());
        try (var background = Executors.newSingleThreadExecutor()) {
            CatalogScreen many =
                    FxToolkit.fx(
                            () ->
                                    new CatalogScreen(
                                            TestContexts.of(
                                                    services,
                                                    new TaskRunner(
                                                            background, Platform::runLater))));
            Scene scene = FxToolkit.fx(() -> new Scene(many.root(), 1280, 800));
            CatalogViewModel model = many.controller().getModel();
            try (var watchdog = new FxWatchdog()) {
                FxToolkit.onFx(many::activate);
                settle(background, scene);
                for (String typed : List.of("b", "ba", "base", "")) {
                    FxToolkit.onFx(() -> model.setFilter(text(typed)));
                    settle(background, scene);
                }
                FxToolkit.onFx(() -> model.groupedProperty().set(false));
                settle(background, scene);
                FxToolkit.onFx(() -> model.setOrder(Comparator.comparing(Standing::of)));
                settle(background, scene);
                assertThat(many.controller().table().getExpandedItemCount()).isEqualTo(10_000);

                assertThat(watchdog.findings()).isEmpty();
            }
        }
    }

    /** Until the background has answered, and the answer is laid out. */
    private static void settle(ExecutorService background, Scene scene) throws Exception {
        for (int hop = 0; hop < 4; hop++) {
            background.submit(() -> {}).get();
            FxToolkit.onFx(
                    () -> {
                        scene.getRoot().applyCss();
                        scene.getRoot().layout();
                    });
        }
    }
}
