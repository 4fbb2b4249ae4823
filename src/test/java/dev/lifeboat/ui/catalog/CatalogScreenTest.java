package dev.lifeboat.ui.catalog;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.restore.logical.DumpContents;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.TestContexts;
import dev.lifeboat.ui.task.FakeServices;

import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeTableView;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

class CatalogScreenTest extends ScreenPictures {
    @Override
    protected String screen() {
        return "catalog";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        var states = new LinkedHashMap<String, Supplier<Parent>>();
        states.put("loading", () -> waiting().root());
        states.put("empty", () -> active(new FakeServices()).root());
        states.put("list", () -> active(full(Map.of())).root());
        states.put("flat", CatalogScreenTest::flat);
        states.put("group", () -> chosen(full(Map.of()), CatalogGroup.class::isInstance));
        states.put("detail", () -> chosen(full(Map.of()), item -> item.path().contains("base_")));
        states.put("detail-end", CatalogScreenTest::detailEnd);
        states.put(
                "detail-broken",
                () ->
                        chosen(
                                full(Map.of()),
                                item -> item instanceof CatalogRow row && !row.usable()));
        states.put("contents-offered", () -> dump(SampleCatalog.contents(), false));
        states.put("contents", () -> dump(SampleCatalog.contents(), true));
        states.put(
                "contents-sql",
                () -> dump(new DumpContents(Optional.empty(), 65_536, 9L << 30), true));
        states.put("searched", () -> searched("2026111"));
        states.put("nothing-fits", () -> searched("20270101"));
        states.put("many-lines", () -> active(many()).root());
        states.put(
                "partial",
                () -> active(full(Map.of(Region.Role.DR, FakeServices.unreachable()))).root());
        states.put("error", CatalogScreenTest::failing);
        states.put("compared", CatalogScreenTest::compared);
        return states;
    }

    private static FakeServices full(Map<Region.Role, Problem> unreachable) {
        var services = new FakeServices();
        services.catalog = SampleCatalog.of(40, unreachable);
        services.manifest = SampleCatalog.manifest();
        return services;
    }

    private static CatalogScreen waiting() {
        var screen = new CatalogScreen(TestContexts.waiting(new FakeServices()));
        screen.activate();
        return screen;
    }

    private static CatalogScreen active(FakeServices services) {
        var screen = new CatalogScreen(TestContexts.of(services));
        screen.activate();
        return screen;
    }

    private static Parent chosen(FakeServices services, Predicate<CatalogItem> wanted) {
        CatalogScreen screen = active(services);
        TreeTableView<CatalogItem> table = screen.controller().table();
        table.getSelectionModel().select(TreeLines.first(table.getRoot(), wanted));
        return screen.root();
    }

    private static Parent dump(DumpContents contents, boolean read) {
        FakeServices services = full(Map.of());
        services.contents = contents;
        CatalogScreen screen = active(services);
        TreeTableView<CatalogItem> table = screen.controller().table();
        table.getSelectionModel()
                .select(TreeLines.first(table.getRoot(), item -> item.path().contains("_full_")));
        DetailController detail = screen.controller().detail();
        if (read) {
            detail.contents().read();
        }
        ((ScrollPane) detail.root()).setVvalue(0.25);
        return screen.root();
    }

    private static Parent detailEnd() {
        CatalogScreen screen = active(full(Map.of()));
        TreeTableView<CatalogItem> table = screen.controller().table();
        table.getSelectionModel()
                .select(TreeLines.first(table.getRoot(), CatalogRow.class::isInstance));
        ((ScrollPane) screen.controller().detail().root()).setVvalue(0.9);
        return screen.root();
    }

    private static Parent flat() {
        CatalogScreen screen = active(full(Map.of()));
        screen.controller().getModel().groupedProperty().set(false);
        return screen.root();
    }

    private static Parent searched(String text) {
        CatalogScreen screen = active(full(Map.of()));
        ((TextField) screen.root().lookup(".filter-field")).setText(text);
        return screen.root();
    }

    /** Two timelines, two databases, one of them with a long name. */
    private static FakeServices many() {
        var services = full(Map.of());
        services.catalog = SampleCatalog.ofLines(60);
        return services;
    }

    private static Parent failing() {
        var services = new FakeServices();
        services.problem = FakeServices.unreachable();
        return active(services).root();
    }

    private static Parent compared() {
        CatalogScreen screen = active(full(Map.of()));
        screen.controller().compare();
        return screen.root();
    }
}
