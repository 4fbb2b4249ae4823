package dev.lifeboat.ui.shell;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.settings.Classification;
import dev.lifeboat.storage.Region;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FixedLook;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.catalog.SampleCatalog;
import dev.lifeboat.ui.health.SampleHealth;
import dev.lifeboat.ui.restore.RestoreSights;
import dev.lifeboat.ui.task.ConsoleServices.RegionReach;
import dev.lifeboat.ui.task.FakeProfiles;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;

import javafx.scene.Parent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

class ShellScreenTest extends ScreenPictures {
    @Override
    protected String screen() {
        return "shell";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        var states = new LinkedHashMap<String, Supplier<Parent>>();
        states.put("production", () -> shell(Classification.PRODUCTION, _ -> {}));
        states.put("staging", () -> shell(Classification.STAGING, _ -> {}));
        states.put("drill", () -> shell(Classification.DRILL, _ -> {}));
        states.put("sandbox", () -> shell(Classification.SANDBOX, _ -> {}));
        states.put("unclassified", () -> shell(Classification.UNKNOWN, _ -> {}));
        states.put("palette", () -> shell(Classification.PRODUCTION, Shell::palette));
        states.put("shortcuts", () -> shell(Classification.PRODUCTION, Shell::shortcuts));
        states.put("help", () -> shell(Classification.PRODUCTION, Shell::help));
        states.put("log", () -> shell(Classification.PRODUCTION, Shell::toggleLog));
        states.put("notices", () -> shell(Classification.PRODUCTION, ShellScreenTest::notices));
        states.put("waiting", () -> waiting(Destination.HEALTH, RestoreSights.interrupted()));
        states.put("primary-down", ShellScreenTest::primaryDown);
        states.put("catalog", ShellScreenTest::catalog);
        return states;
    }

    private static FakeServices services(Classification classification) {
        var services = new FakeServices();
        services.profile = FakeServices.profileOf(classification);
        services.health = SampleHealth.troubled();
        services.catalog = SampleCatalog.of(40, Map.of());
        services.manifest = SampleCatalog.manifest();
        return services;
    }

    private static Parent shell(Classification classification, Consumer<Shell> then) {
        return shell(services(classification), Destination.HEALTH, then);
    }

    private static Parent shell(FakeServices services, Destination first, Consumer<Shell> then) {
        var log = new LogLines();
        log.add(
                new LogLine(
                        FakeServices.NOW,
                        LogLine.Level.INFO,
                        "Buckets",
                        "again in PT0.5S: SlowDown"));
        log.add(
                new LogLine(
                        FakeServices.NOW.plusSeconds(1),
                        LogLine.Level.WARN,
                        "Engine",
                        "Manifests are not authenticated: no key is known."));
        var shell =
                new Shell(
                        new Shell.Parts(
                                services,
                                new TaskRunner(Runnable::run, Runnable::run),
                                Ticker.still(),
                                FakeServices.TIMES,
                                new FakeProfiles(services),
                                List.of("orders-prod", "orders-staging"),
                                _ -> {},
                                _ -> {},
                                new FixedLook(ThemeMode.DARK, FontScale.P100),
                                log));
        shell.activate(first);
        then.accept(shell);
        return shell.root();
    }

    private static void notices(Shell shell) {
        shell.tell(FakeServices.unreachable());
        shell.said("main_base_20261123_015623 is good: everything decrypts and unpacks.");
    }

    private static Parent waiting(Destination first, RestoreView unfinished) {
        FakeServices services = services(Classification.PRODUCTION);
        services.restores = List.of(unfinished);
        return shell(services, first, _ -> {});
    }

    private static Parent primaryDown() {
        FakeServices services = services(Classification.PRODUCTION);
        services.health = SampleHealth.primaryDown();
        Problem why = FakeServices.unreachable();
        services.reach =
                List.of(
                        new RegionReach(Region.Role.PRIMARY, Optional.of(why), Optional.empty()),
                        new RegionReach(Region.Role.DR, Optional.empty(), Optional.empty()));
        return shell(services, Destination.HEALTH, _ -> {});
    }

    private static Parent catalog() {
        return shell(services(Classification.PRODUCTION), Destination.CATALOG, _ -> {});
    }
}
