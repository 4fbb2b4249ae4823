package dev.lifeboat.app;

import dev.lifeboat.cli.Surroundings;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.secrets.SecretSource;
import dev.lifeboat.secrets.aws.SecretsManagerSettings;
import dev.lifeboat.secrets.aws.SecretsManagerVault;
import dev.lifeboat.settings.Directories;
import dev.lifeboat.settings.SettingsResolver;
import dev.lifeboat.ui.shell.Console;
import dev.lifeboat.ui.shell.LogLines;
import dev.lifeboat.ui.shell.StateFile;
import dev.lifeboat.ui.task.EngineProfiles;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.TimeText;

import javafx.application.Platform;
import javafx.stage.Stage;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts the toolkit and opens the window. The one class of this package that knows JavaFX. */
final class ConsoleStart {
    private final Surroundings surroundings;
    private final ConsoleWish wish;

    ConsoleStart(Surroundings surroundings, ConsoleWish wish) {
        this.surroundings = surroundings;
        this.wish = wish;
    }

    /**
     * Opens the window and waits until it is closed. The toolkit goes on: it ends with the process,
     * and to end it while a signal ends the process would never come back.
     *
     * @throws RecoveryException HOST_FAILURE when the display does not take it, and as {@link
     *     Console#open}
     */
    void run() throws RecoveryException {
        if (wish.pictures().isPresent()) {
            pictures(wish.pictures().get());
            return;
        }
        var closed = new CompletableFuture<Void>();
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
            Console.Setup setup = setup(background);
            start(() -> open(setup, closed), closed);
            try (var _ = surroundings.cancel().onCancel(() -> closed.complete(null))) {
                closed.join();
            }
            background.shutdownNow();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RecoveryException refused) {
                throw refused;
            }
            throw Display.refused(failed.getCause());
        }
    }

    private void pictures(Path folder) throws RecoveryException {
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
            var gallery = new GalleryStart(folder);
            gallery.run(setup(gallery.watched(background)));
            background.shutdownNow();
        }
    }

    /** On a thread of its own: a display that cannot be reached leaves it waiting for ever. */
    private static void start(Runnable open, CompletableFuture<Void> closed) {
        Thread.setDefaultUncaughtExceptionHandler(
                (_, error) -> closed.completeExceptionally(error));
        Thread.ofPlatform().daemon().name("toolkit").start(() -> Platform.startup(open));
    }

    private static void open(Console.Setup setup, CompletableFuture<Void> closed) {
        try {
            var stage = new Stage();
            Console.open(setup, stage);
            stage.setOnHidden(_ -> closed.complete(null));
        } catch (RecoveryException | RuntimeException failed) {
            closed.completeExceptionally(failed);
        }
    }

    private Console.Setup setup(Executor background) {
        Directories directories = Directories.of(surroundings.environment(), surroundings.user());
        var resolver =
                new SettingsResolver(
                        surroundings.environment(), directories, surroundings.systemFolder());
        var secrets =
                new SecretSource(() -> new SecretsManagerVault(SecretsManagerSettings.ofChain()));
        return new Console.Setup(
                new EngineProfiles(
                        resolver,
                        wish.profile(),
                        secrets,
                        surroundings.environment(),
                        surroundings.clock(),
                        surroundings.launcher(),
                        directories),
                new TaskRunner(background, Platform::runLater),
                new TimeText(surroundings.clock(), surroundings.zone()),
                new StateFile(directories.home().resolve("console/window.json")),
                LogLines.attach());
    }
}
