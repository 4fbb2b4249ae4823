package dev.lifeboat.bench;

import dev.lifeboat.app.Main;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Window;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How long the console takes from the start of its process to the first frame of its window, and to
 * the first answer on the first screen: the verdict, as it was last read on this machine. Run by
 * {@code src/test/bench/start.sh} in a virtual machine like the launcher's; its figures go to
 * docs/benchmarks.md.
 */
final class StartBench {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 5;
    private final Instant begun =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    private Scene scene;
    private Runnable look;
    private long firstFrame;

    private StartBench() {}

    public static void main(String[] arguments) {
        var bench = new StartBench();
        Thread.ofPlatform().daemon().name("bench").start(bench::watch);
        Main.main(arguments);
    }

    private void watch() {
        while (!entered(this::await)) {
            pause();
        }
        pause(PATIENCE);
        System.err.println("No answer came within " + PATIENCE + ".");
        Runtime.getRuntime().halt(1);
    }

    /** Whether the toolkit runs already. */
    private static boolean entered(Runnable work) {
        try {
            Platform.runLater(work);
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private void await() {
        var window = Window.getWindows().stream().filter(Window::isShowing).findFirst();
        if (window.isPresent() && window.get().getScene() != null) {
            scene = window.get().getScene();
            look = this::frame;
            scene.addPostLayoutPulseListener(look);
            Platform.requestNextPulse();
        } else {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                pause();
                                Platform.runLater(this::await);
                            });
        }
    }

    private void frame() {
        if (firstFrame == 0) {
            firstFrame = millis();
        }
        if (hasAnswer()) {
            System.out.printf(
                    Locale.ROOT, "first frame %d ms, first answer %d ms%n", firstFrame, millis());
            scene.removePostLayoutPulseListener(look);
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private boolean hasAnswer() {
        Node verdict = scene.lookup(".verdict-text");
        return verdict instanceof Label label && !label.getText().isBlank() && isSeen(label);
    }

    private static boolean isSeen(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private long millis() {
        return Duration.between(begun, Instant.now()).toMillis();
    }

    private static void pause() {
        pause(Duration.ofMillis(LOOK_MILLIS));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
