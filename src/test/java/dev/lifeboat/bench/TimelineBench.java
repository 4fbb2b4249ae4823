package dev.lifeboat.bench;

import com.sun.management.OperatingSystemMXBean;

import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;
import dev.lifeboat.ui.theme.Theming;
import dev.lifeboat.ui.timeline.SampleTimelines;
import dev.lifeboat.ui.timeline.model.Coverage;
import dev.lifeboat.ui.timeline.model.Coverage.State;
import dev.lifeboat.ui.timeline.model.Lane;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.Span;
import dev.lifeboat.ui.timeline.model.TimelineData;
import dev.lifeboat.ui.timeline.model.TimelineState;
import dev.lifeboat.ui.timeline.model.WalLane;
import dev.lifeboat.ui.timeline.view.TimelineView;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Measures the timeline's frames with a million segments in each region, every segment of another
 * state than its neighbours, while it is zoomed, panned and its marker dragged: milliseconds of
 * processor a frame, which hold on a busy machine too; <em>painting</em> is the FX thread's part,
 * <em>rendered</em> that of all threads together, the renderer's included. Run by hand, on the
 * software pipeline: {@code java -Dglass.platform=Headless -Dprism.order=sw -cp ...
 * dev.lifeboat.bench.TimelineBench}.
 */
public final class TimelineBench {
    private static final int SEGMENTS = 1_000_000;
    private static final int WARM_UP = 120;
    private static final int FRAMES = 300;

    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private TimelineBench() {}

    public static void main(String[] arguments) throws Exception {
        var started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        for (int width : new int[] {1280, 1920}) {
            run(width, width == 1280 ? 800 : 1080);
        }
        Platform.exit();
    }

    private static void run(int width, int height) throws Exception {
        long from = SampleTimelines.LATEST - 30 * Micros.DAY;
        TimelineState[] state = new TimelineState[1];
        Scene[] scene = new Scene[1];
        on(
                () -> {
                    TimelineData data = data(from);
                    state[0] = new TimelineState(data.asOf());
                    state[0].show(data);
                    var view = new TimelineView(state[0], ZoneId.of("Europe/Rome"));
                    scene[0] = new Scene(new StackPane(view), width, height);
                    Theming.apply(scene[0], ThemeMode.DARK, FontScale.P100);
                });
        String size = width + "x" + height;
        measure(
                size + " pan",
                scene[0],
                i -> state[0].setView(state[0].view().panned(i % 200 < 100 ? 9 : -9)));
        measure(
                size + " zoom",
                scene[0],
                i ->
                        state[0].setView(
                                state[0].view().zoomed(700, i % 200 < 100 ? 0.95 : 1 / 0.95)));
        measure(
                size + " drag the marker",
                scene[0],
                i -> state[0].drag(from + (i % 500 + 20) * 30L * Micros.DAY / 600, true));
    }

    /** One act a frame. */
    private interface Act {
        void step(int frame);
    }

    /**
     * A snapshot renders the whole scene on the software pipeline, where a window would render only
     * what changed: the figures are on the safe side.
     */
    private static void measure(String what, Scene scene, Act act) throws Exception {
        double[] paint = new double[FRAMES];
        long begun = 0;
        var image = new WritableImage((int) scene.getWidth(), (int) scene.getHeight());
        for (int i = 0; i < WARM_UP + FRAMES; i++) {
            int frame = i;
            if (i == WARM_UP) {
                begun = MACHINE.getProcessCpuTime();
            }
            on(
                    () -> {
                        long own = THREADS.getCurrentThreadCpuTime();
                        act.step(frame);
                        scene.getRoot().layout();
                        double painted = (THREADS.getCurrentThreadCpuTime() - own) / 1e6;
                        scene.snapshot(image);
                        if (frame >= WARM_UP) {
                            paint[frame - WARM_UP] = painted;
                        }
                    });
        }
        report(what + ", painting", paint);
        System.out.printf(
                Locale.ROOT,
                "%-36s mean   %6.2f ms%n",
                what + ", rendered",
                (MACHINE.getProcessCpuTime() - begun) / 1e6 / FRAMES);
    }

    private static void report(String what, double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%-36s median %6.2f ms   p95 %6.2f ms   worst %6.2f ms%n",
                what,
                sorted[sorted.length / 2],
                sorted[sorted.length * 95 / 100],
                sorted[sorted.length - 1]);
    }

    private static void on(Runnable action) throws Exception {
        var done = new CompletableFuture<Void>();
        Platform.runLater(
                () -> {
                    try {
                        action.run();
                        done.complete(null);
                    } catch (Throwable failed) {
                        done.completeExceptionally(failed);
                    }
                });
        done.get();
    }

    private static TimelineData data(long from) {
        TimelineData dense = SampleTimelines.dense();
        return new TimelineData(
                dense.asOf(),
                new Span(from, SampleTimelines.LATEST + Micros.HOUR),
                dense.marks(),
                List.of(lane(Lane.WAL_PRIMARY, from), lane(Lane.WAL_DR, from)),
                dense.branches(),
                List.of(),
                dense.commits(),
                dense.veils(),
                dense.latest(),
                true,
                List.of());
    }

    private static WalLane lane(Lane lane, long from) {
        State[] states = {
            State.HELD, State.FROM_OTHER, State.MISSING, State.UNKNOWN, State.NOT_REPLICATED
        };
        var builder = new Coverage.Builder();
        long step = (SampleTimelines.LATEST - from) / SEGMENTS;
        for (int i = 0; i < SEGMENTS; i++) {
            builder.add(from + i * step, from + (i + 1) * step, states[i % states.length], 1);
        }
        return new WalLane(
                lane, "TL 3", builder.build(), true, OptionalLong.empty(), Optional.empty());
    }
}
