package dev.lifeboat.ui.shell;

import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Look;
import dev.lifeboat.ui.task.ConsoleServices;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;
import dev.lifeboat.ui.theme.Theming;

import javafx.scene.Scene;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The console's screens as pictures, without a window: what they show is real, and nobody need sit
 * before them. FX thread only.
 */
public final class Gallery {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;
    private final Shell shell;
    private final Scene scene;

    private Gallery(Shell shell) {
        this.shell = shell;
        this.scene = new Scene(shell.root(), WIDTH, HEIGHT);
    }

    /**
     * Opens a profile, dark, at the usual size; its first screen begins to ask.
     *
     * @throws RecoveryException SETTING_INVALID when the profile cannot be made out
     */
    public static Gallery open(Console.Setup setup) throws RecoveryException {
        ConsoleServices services = setup.profiles().open(setup.profiles().chosen());
        var shell =
                new Shell(
                        new Shell.Parts(
                                services,
                                setup.tasks(),
                                Ticker.still(),
                                setup.times(),
                                setup.profiles(),
                                List.of(),
                                (Optional<String> _) -> {},
                                _ -> {},
                                new Fixed(),
                                setup.log()));
        var gallery = new Gallery(shell);
        Theming.apply(gallery.scene, ThemeMode.DARK, FontScale.P100);
        shell.activate(Destination.HEALTH);
        return gallery;
    }

    /** The places there are, in their order. */
    public List<Destination> places() {
        return shell.places();
    }

    /** Goes to a place; it begins to ask for what it shows, the timeline for damage, too. */
    public void show(Destination place) {
        shell.open(place);
        if (place == Destination.TIMELINE) {
            shell.findDamage();
        }
    }

    /** What is seen now. */
    public Scene scene() {
        for (int pass = 0; pass < 3; pass++) {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
        }
        return scene;
    }

    /** The name of a place in a file's name. */
    public static String word(Destination place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    private static final class Fixed implements Look {
        @Override
        public ThemeMode mode() {
            return ThemeMode.DARK;
        }

        @Override
        public FontScale scale() {
            return FontScale.P100;
        }

        @Override
        public void change(ThemeMode mode, FontScale scale) {}
    }
}
