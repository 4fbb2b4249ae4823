package dev.lifeboat.ui.catalog;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.TestContexts;
import dev.lifeboat.ui.task.FakeServices;

import javafx.scene.Parent;

import java.util.LinkedHashMap;
import java.util.Map;
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
        states.put("detail", () -> chosen(full(Map.of()), 2));
        states.put("detail-broken", () -> chosen(full(Map.of()), 5));
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

    private static Parent chosen(FakeServices services, int row) {
        CatalogScreen screen = active(services);
        screen.controller().table().getSelectionModel().select(row);
        return screen.root();
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
