package dev.lifeboat.ui.theme;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.scene.Scene;
import javafx.scene.text.Font;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;

/** Gives scenes their theme and their size. FX thread only. */
public final class Theming {
    private static final List<String> FONTS =
            List.of(
                    "Inter-Regular.otf",
                    "Inter-Medium.otf",
                    "Inter-SemiBold.otf",
                    "Inter-Bold.otf",
                    "JetBrainsMono-Regular.ttf",
                    "JetBrainsMono-Bold.ttf");
    private static boolean fontsLoaded;

    private Theming() {}

    /** Applies theme and size to a scene, and the theme's controls to the program. */
    public static void apply(Scene scene, ThemeMode mode, FontScale scale) {
        loadFonts();
        Theme theme = mode.theme(systemIsDark());
        Application.setUserAgentStylesheet(theme.userAgent());
        scene.getStylesheets()
                .setAll(
                        resource("bridge.css"),
                        resource("console.css"),
                        resource("parts.css"),
                        resource("screens.css"),
                        theme.stylesheet());
        scene.getRoot().setStyle("-fx-font-size: " + scale.pixels() + "px;");
    }

    /** Calls back when the system changes between dark and light. */
    public static void onSystemChange(Runnable action) {
        InvalidationListener changed = _ -> action.run();
        Platform.getPreferences().colorSchemeProperty().addListener(changed);
    }

    /** Dark, unless the system says light: the window is looked at at night. */
    private static boolean systemIsDark() {
        boolean told = !Platform.getPreferences().isEmpty();
        return !told || Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
    }

    private static void loadFonts() {
        if (fontsLoaded) {
            return;
        }
        for (String font : FONTS) {
            try (InputStream in =
                    Theming.class.getResourceAsStream("/dev/lifeboat/ui/fonts/" + font)) {
                if (Font.loadFont(in, -1) == null) {
                    throw new IllegalStateException(font + " cannot be loaded");
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        fontsLoaded = true;
    }

    static String resource(String file) {
        URL address = Theming.class.getResource("/dev/lifeboat/ui/theme/" + file);
        if (address == null) {
            throw new IllegalStateException(file + " is not part of the program");
        }
        return address.toExternalForm();
    }
}
