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
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeTableView;
import javafx.scene.image.WritableImage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The catalog with 10,000 backups: heap, the time from cache to first rows and of each change of
 * what is shown (with the work that a window does in the background), and frames while it scrolls,
 * on the software pipeline at 1280x800. Run by hand; its figures go to docs/benchmarks.md.
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

        timed("screen with rows from cache and buckets", () -> scene(shown(services).root()));
        report("grouped", scene);
        timed("everything open, by a search", () -> search(scene, "base"));
        report("everything open", scene);
        timed("no longer searched", () -> search(scene, ""));
        timed("one list", () -> toggle(scene));
        report("one list", scene);
        timed("grouped again", () -> toggle(scene));
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

    private static Scene search(Scene scene, String text) {
        ((TextField) scene.getRoot().lookup(".filter-field")).setText(text);
        layout(scene);
        return scene;
    }

    private static Scene toggle(Scene scene) {
        ((ToggleButton) scene.getRoot().lookup("#grouped")).fire();
        layout(scene);
        return scene;
    }

    private static void timed(String what, Callable<Scene> work) {
        long begun = System.nanoTime();
        FxToolkit.fx(work);
        System.out.printf(Locale.ROOT, "%s: %.0f ms%n", what, millis(System.nanoTime() - begun));
    }

    private static void report(String what, Scene scene) {
        System.out.printf(Locale.ROOT, "%s, %d lines%n", what, table(scene).getExpandedItemCount());
        report("  cells moved and laid out", FxToolkit.fx(() -> scroll(scene, false)));
        report("  the same and the window painted", FxToolkit.fx(() -> scroll(scene, true)));
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
        TreeTableView<?> table = table(scene);
        int lines = table.getExpandedItemCount();
        var image = new WritableImage(1280, 800);
        double[] frames = new double[FRAMES];
        for (int i = -WARM; i < FRAMES; i++) {
            long begun = System.nanoTime();
            table.scrollTo((i + WARM) * ROWS_A_FRAME % lines);
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

    private static TreeTableView<?> table(Scene scene) {
        return (TreeTableView<?>) scene.getRoot().lookup(".tree-table-view");
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
