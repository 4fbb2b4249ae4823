package dev.lifeboat.app;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.shell.Console;
import dev.lifeboat.ui.shell.Gallery;
import dev.lifeboat.ui.shell.ScreenPicture;

import javafx.application.Platform;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Renders every screen of the console to a file, on the toolkit's headless platform. */
final class GalleryStart {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int QUIET_LOOKS = 3;
    private final Path folder;
    private final AtomicInteger working = new AtomicInteger();

    GalleryStart(Path folder) {
        this.folder = folder;
    }

    /** The same executor, which is asked from now on whether it is done. */
    Executor watched(Executor background) {
        return task -> {
            working.incrementAndGet();
            background.execute(
                    () -> {
                        try {
                            task.run();
                        } finally {
                            working.decrementAndGet();
                        }
                    });
        };
    }

    /**
     * Renders them.
     *
     * @throws RecoveryException HOST_FAILURE when a file cannot be written, and as {@link
     *     Gallery#open}
     */
    void run(Console.Setup setup) throws RecoveryException {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        Platform.startup(() -> {});
        Gallery gallery = onFx(() -> Gallery.open(setup));
        for (Destination place : new ArrayList<>(onFx(gallery::places))) {
            onFx(
                    () -> {
                        gallery.show(place);
                        return null;
                    });
            awaitQuiet(gallery);
            var picture = onFx(() -> ScreenPicture.of(gallery.scene()));
            Path file = folder.resolve(Gallery.word(place) + ".png");
            try {
                ScreenPicture.write(picture, file);
            } catch (IOException refused) {
                throw new RecoveryException(
                        ProblemCode.HOST_FAILURE,
                        "The picture " + file + " cannot be written.",
                        "The system answered: " + refused.getMessage() + ".",
                        "Name a folder that can be written.",
                        refused);
            }
        }
    }

    /** Until nothing has been asked for a moment, or patience ends: then what is there is shown. */
    private void awaitQuiet(Gallery gallery) throws RecoveryException {
        int quiet = 0;
        for (long waited = 0; quiet < QUIET_LOOKS && waited < PATIENCE.toMillis(); ) {
            CancelToken.never().sleep(LOOK);
            waited += LOOK.toMillis();
            onFx(gallery::scene);
            quiet = working.get() == 0 ? quiet + 1 : 0;
        }
    }

    private static <T> T onFx(Callable<T> work) throws RecoveryException {
        var answer = new CompletableFuture<T>();
        Platform.runLater(
                () -> {
                    try {
                        answer.complete(work.call());
                    } catch (Exception failed) {
                        answer.completeExceptionally(failed);
                    }
                });
        try {
            return answer.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RecoveryException refused) {
                throw refused;
            }
            throw failed;
        }
    }
}
