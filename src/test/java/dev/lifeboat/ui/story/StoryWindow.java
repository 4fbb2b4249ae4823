package dev.lifeboat.ui.story;

import dev.lifeboat.sandbox.StorySandbox;
import dev.lifeboat.secrets.SecretSource;
import dev.lifeboat.secrets.aws.SecretsManagerSettings;
import dev.lifeboat.secrets.aws.SecretsManagerVault;
import dev.lifeboat.settings.Directories;
import dev.lifeboat.settings.SettingsResolver;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.FxWatchdog;
import dev.lifeboat.ui.shell.Console;
import dev.lifeboat.ui.shell.LogLines;
import dev.lifeboat.ui.shell.StateFile;
import dev.lifeboat.ui.task.EngineProfiles;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.TimeText;

import javafx.application.Platform;
import javafx.stage.Stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The console's own window on a sandbox, put together as the program does it, on the headless
 * platform. Closing it leaves what it started at work, as closing the program's window does.
 */
final class StoryWindow implements AutoCloseable {
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Stage stage;
    private final Thread.UncaughtExceptionHandler handler;
    private final FxWatchdog watchdog;
    private final Properties before = new Properties();

    /** Opens it on the profile whose key opens the backups. */
    StoryWindow(StorySandbox sandbox) throws IOException {
        this(sandbox.variables(), StorySandbox.PROFILE);
    }

    /** Opens it. */
    StoryWindow(Map<String, String> environment, String profile) throws IOException {
        lendCredentials(environment);
        var user =
                new Directories.User(
                        System.getProperty("os.name"),
                        System.getProperty("user.name"),
                        Path.of(System.getProperty("user.home")));
        Directories directories = Directories.of(environment, user);
        Path memory = directories.home().resolve("console/window.json");
        place(memory);
        var setup =
                new Console.Setup(
                        profiles(environment, directories, profile),
                        new TaskRunner(background, Platform::runLater),
                        new TimeText(Clock.systemUTC(), ZoneId.of("Europe/Rome")),
                        new StateFile(memory),
                        LogLines.attach());
        handler = FxToolkit.fx(() -> Thread.currentThread().getUncaughtExceptionHandler());
        stage =
                FxToolkit.fx(
                        () -> {
                            var opened = new Stage();
                            Console.open(setup, opened);
                            return opened;
                        });
        watchdog = new FxWatchdog();
    }

    /** The AWS SDK asks this process itself, whose variables cannot be changed. */
    private void lendCredentials(Map<String, String> environment) {
        before.putAll(System.getProperties());
        System.setProperty("aws.accessKeyId", environment.get("AWS_ACCESS_KEY_ID"));
        System.setProperty("aws.secretAccessKey", environment.get("AWS_SECRET_ACCESS_KEY"));
        System.setProperty("aws.disableEc2Metadata", "true");
    }

    /** The headless screen is small; a window in its middle would begin left of it. */
    private static void place(Path memory) throws IOException {
        if (!Files.exists(memory)) {
            Files.createDirectories(memory.getParent());
            Files.writeString(
                    memory,
                    """
                    {"theme":"DARK","scale":"P100","destination":"HEALTH","profile":"",
                     "x":0,"y":0,"width":1280,"height":800,"maximized":false}
                    """);
        }
    }

    private static EngineProfiles profiles(
            Map<String, String> environment, Directories directories, String profile) {
        return new EngineProfiles(
                new SettingsResolver(environment, directories, Path.of("/nonexistent")),
                Optional.of(profile),
                new SecretSource(() -> new SecretsManagerVault(SecretsManagerSettings.ofChain())),
                environment,
                Clock.systemUTC(),
                Optional.of(StorySandbox.LAUNCHER),
                directories);
    }

    /** Where the FX thread waited for something else than the next event. */
    List<String> standstills() {
        return watchdog.standstills();
    }

    @Override
    public void close() {
        watchdog.close();
        FxToolkit.onFx(
                () -> {
                    stage.hide();
                    Thread.currentThread().setUncaughtExceptionHandler(handler);
                });
        background.shutdownNow();
        System.setProperties(before);
    }
}
