package dev.lifeboat.bench;

import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.TestContexts;
import dev.lifeboat.ui.catalog.CatalogScreen;
import dev.lifeboat.ui.catalog.SampleCatalog;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;
import dev.lifeboat.ui.theme.Theming;

import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.image.WritableImage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * The catalog with 10,000 backups: heap, the time from cache to first rows, and frames while it
 * scrolls, on the software pipeline at 1280x800. Run by hand; its figures go to docs/benchmarks.md.
 */
final class ConsoleBench {
    private static final int BACKUPS = 10_000;
    private static final int FRAMES = 400;
    private static final int WARM = 100;
    private static final int ROWS_A_FRAME = 7;

    private ConsoleBench() {}

    public static void main(String[] arguments) throws Exception {
        FxToolkit.start();
        Path cache = Files.createTempDirectory("console-bench-");
        var services = new FakeServices();
        services.cache = cache;
        long before = heap();
        services.catalog = SampleCatalog.of(BACKUPS, Map.of());
        services.manifest = SampleCatalog.manifest();
        long entries = heap();
        CatalogScreen screen = FxToolkit.fx(() -> shown(services));
        Scene scene = FxToolkit.fx(() -> scene(screen.root()));
        System.out.printf(
                Locale.ROOT,
                "heap of the catalog itself %d MiB, of the screen on it %d MiB%n",
                entries - before,
                heap() - entries);

        long begun = System.nanoTime();
        Scene again = FxToolkit.fx(() -> scene(shown(services).root()));
        System.out.printf(
                Locale.ROOT,
                "screen with rows from cache and buckets %.0f ms%n",
                millis(System.nanoTime() - begun));

        System.out.printf(
                Locale.ROOT,
                "bound rows %d%n",
                ((TableView<?>) again.getRoot().lookup(".table-view")).getItems().size());
        report("cells moved and laid out", FxToolkit.fx(() -> scroll(scene, false)));
        report("the same and the whole window painted", FxToolkit.fx(() -> scroll(scene, true)));
        System.exit(0);
    }

    private static CatalogScreen shown(FakeServices services) {
        var screen = new CatalogScreen(TestContexts.of(services));
        screen.activate();
        return screen;
    }

    private static Scene scene(Parent root) {
        var scene = new Scene(root, 1280, 800);
        Theming.apply(scene, ThemeMode.DARK, FontScale.P100);
        layout(scene);
        return scene;
    }

    private static void layout(Scene scene) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
    }

    private static void report(String what, double[] frames) {
        Arrays.sort(frames);
        System.out.printf(
                Locale.ROOT,
                "%s: median %.1f ms, p95 %.1f ms, worst %.1f ms%n",
                what,
                frames[frames.length / 2],
                frames[frames.length * 95 / 100],
                frames[frames.length - 1]);
    }

    private static double[] scroll(Scene scene, boolean paint) {
        TableView<?> table = (TableView<?>) scene.getRoot().lookup(".table-view");
        var image = new WritableImage(1280, 800);
        double[] frames = new double[FRAMES];
        for (int i = -WARM; i < FRAMES; i++) {
            long begun = System.nanoTime();
            table.scrollTo((i + WARM) * ROWS_A_FRAME % BACKUPS);
            layout(scene);
            if (paint) {
                scene.snapshot(image);
            }
            if (i >= 0) {
                frames[i] = millis(System.nanoTime() - begun);
            }
        }
        return frames;
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / (1024 * 1024);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
