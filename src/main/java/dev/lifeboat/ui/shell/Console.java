package dev.lifeboat.ui.shell;

import dev.lifeboat.engine.Unexpected;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Look;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.task.ConsoleServices;
import dev.lifeboat.ui.task.Profiles;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.task.TimeText;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;
import dev.lifeboat.ui.theme.Theming;

import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/**
 * The window: one scene, a shell for the chosen profile, and what is remembered from one start to
 * the next. FX thread only.
 */
public final class Console implements Look {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final double LEAST_WIDTH = 1024;
    private static final double LEAST_HEIGHT = 700;
    private final Setup setup;
    private final Ticker ticker = new FxTicker();
    private final StackPane root = new StackPane();
    private final Scene scene = new Scene(root);
    private final Stage stage;
    private ConsoleState state;
    private Shell shell;

    /**
     * What the console works with.
     *
     * @param tasks background threads, and the FX thread as foreground
     * @param state where the window's memory is kept
     */
    public record Setup(
            Profiles profiles, TaskRunner tasks, TimeText times, StateFile state, LogLines log) {}

    private Console(Setup setup, Stage stage) {
        this.setup = setup;
        this.stage = stage;
        this.state = setup.state().read();
    }

    /**
     * Opens the window.
     *
     * @throws RecoveryException SETTING_INVALID when neither the profile asked for nor the
     *     environment can be made out
     */
    public static Console open(Setup setup, Stage stage) throws RecoveryException {
        var console = new Console(setup, stage);
        console.show();
        return console;
    }

    private void show() throws RecoveryException {
        Optional<String> asked = setup.profiles().chosen();
        use(asked.isPresent() ? setup.profiles().open(asked) : remembered(), state.destination());
        Theming.apply(scene, state.theme(), state.scale());
        Theming.onSystemChange(() -> change(mode(), scale()));
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        for (String size : List.of("16", "32", "48", "128")) {
            stage.getIcons().add(new Image("/icons/lifeboat-" + size + ".png"));
        }
        place();
        stage.setOnHiding(_ -> rememberAll());
        Thread.currentThread().setUncaughtExceptionHandler((_, error) -> broken(error));
        stage.show();
        shell.fit();
    }

    /** The profile of the last time, where it still is one; else what the environment says. */
    private ConsoleServices remembered() throws RecoveryException {
        if (!state.profile().isEmpty()) {
            try {
                return setup.profiles().open(Optional.of(state.profile()));
            } catch (RecoveryException gone) {
                LOG.info("The profile of the last time is not opened: {}", gone.problem());
            }
        }
        return setup.profiles().open(Optional.empty());
    }

    private void choose(Optional<String> profile) {
        try {
            ConsoleServices services = setup.profiles().open(profile);
            remember(state.withProfile(profile.orElse("")));
            use(services, state.destination());
        } catch (RecoveryException refused) {
            shell.tell(refused.problem());
        }
    }

    private void use(ConsoleServices services, Destination first) {
        if (shell != null) {
            shell.deactivate();
        }
        shell =
                new Shell(
                        new Shell.Parts(
                                services,
                                setup.tasks(),
                                ticker,
                                setup.times(),
                                setup.profiles(),
                                names(),
                                this::choose,
                                place -> remember(state.withDestination(place)),
                                this,
                                setup.log()));
        root.getChildren().setAll(shell.root());
        shell.actions().install(scene);
        stage.setTitle(
                Messages.text(
                        "window.title",
                        shell.model().environment().word(),
                        services.profile().title()));
        shell.activate(first);
        shell.fit();
    }

    private List<String> names() {
        try {
            return setup.profiles().names();
        } catch (RecoveryException unreadable) {
            LOG.warn("The profiles cannot be listed: {}", unreadable.problem());
            return List.of();
        }
    }

    private void place() {
        stage.setWidth(Math.max(LEAST_WIDTH, state.width()));
        stage.setHeight(Math.max(LEAST_HEIGHT, state.height()));
        if (ScreenBounds.holds(state.x(), state.y())) {
            stage.setX(state.x());
            stage.setY(state.y());
        }
        stage.setMaximized(state.maximized());
    }

    private void rememberAll() {
        boolean whole = stage.isMaximized();
        remember(
                whole
                        ? state.withBounds(
                                state.x(), state.y(), state.width(), state.height(), true)
                        : state.withBounds(
                                stage.getX(),
                                stage.getY(),
                                stage.getWidth(),
                                stage.getHeight(),
                                false));
        shell.deactivate();
    }

    private void remember(ConsoleState now) {
        state = now;
        setup.state().write(now);
    }

    private void broken(Throwable error) {
        Problem problem = Unexpected.problem(error);
        LOG.error("The window met an error it does not know: {}", problem, error);
        shell.tell(problem);
    }

    @Override
    public ThemeMode mode() {
        return state.theme();
    }

    @Override
    public FontScale scale() {
        return state.scale();
    }

    @Override
    public void change(ThemeMode mode, FontScale scale) {
        remember(state.withLook(mode, scale));
        Theming.apply(scene, mode, scale);
        shell.fit();
    }
}
