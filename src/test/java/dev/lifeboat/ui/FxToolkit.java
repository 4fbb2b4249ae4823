package dev.lifeboat.ui;

import javafx.application.Platform;
import javafx.stage.Window;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JavaFX toolkit of the tests: started once, on the headless platform. */
public final class FxToolkit {
    private static final long PATIENCE_SECONDS = 60;
    private static CompletableFuture<Void> started;

    private FxToolkit() {}

    /** Starts the toolkit unless it runs. */
    public static synchronized void start() {
        if (started == null) {
            started = new CompletableFuture<>();
            try {
                Platform.startup(() -> started.complete(null));
            } catch (IllegalStateException alreadyRuns) {
                started.complete(null);
            }
            Platform.setImplicitExit(false);
        }
        started.join();
    }

    /** Does something on the FX thread and waits for it. */
    public static <T> T fx(Callable<T> action) {
        start();
        var answer = new CompletableFuture<T>();
        Platform.runLater(
                () -> {
                    try {
                        answer.complete(action.call());
                    } catch (Throwable failed) {
                        answer.completeExceptionally(failed);
                    }
                });
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError("the FX thread did not do it", failed);
        }
    }

    /** As {@link #fx}, for what gives nothing. */
    public static void onFx(Runnable action) {
        fx(
                () -> {
                    action.run();
                    return null;
                });
    }

    /** Waits until the FX thread has done what was asked of it before, and laid it out. */
    public static void settle() {
        for (int i = 0; i < 3; i++) {
            onFx(FxToolkit::layOut);
        }
    }

    private static void layOut() {
        for (Window window : Window.getWindows()) {
            window.getScene().getRoot().applyCss();
            window.getScene().getRoot().layout();
        }
    }
}
