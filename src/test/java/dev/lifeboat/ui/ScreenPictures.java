package dev.lifeboat.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.shell.ScreenPicture;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;
import dev.lifeboat.ui.theme.Theming;

import javafx.scene.Parent;
import javafx.scene.Scene;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Renders a screen in every state it can have, dark and light, at 100 and 180 %, at both sizes, and
 * once in high contrast, to {@code target/screens/SCREEN-STATE-THEME-SCALE-SIZE.png}. Each picture
 * is also looked at: no CSS warning, no text that is cut off, no control without a name. A
 * subclass, {@code *ScreenTest}, names the states; {@code -Dscreens=fast} renders two pictures of
 * each.
 */
public abstract class ScreenPictures {
    private static final Path FOLDER = Path.of("target/screens");

    /** The screen's name in file names. */
    protected abstract String screen();

    /** Every state by its telling name; each makes the whole content anew, on the FX thread. */
    protected abstract Map<String, Supplier<Parent>> states();

    /** One way of showing it. */
    public record Look(ThemeMode mode, FontScale scale, int width, int height) {
        String name() {
            return "%s-%d-%dx%d"
                    .formatted(
                            mode.name().toLowerCase(java.util.Locale.ROOT),
                            scale.percent(),
                            width,
                            height);
        }
    }

    /** What each state is rendered in. */
    protected List<Look> looks() {
        var looks = new ArrayList<Look>();
        if ("fast".equals(System.getProperty("screens"))) {
            looks.add(new Look(ThemeMode.DARK, FontScale.P100, 1280, 800));
            looks.add(new Look(ThemeMode.LIGHT, FontScale.P180, 1280, 800));
            return looks;
        }
        for (ThemeMode mode : List.of(ThemeMode.DARK, ThemeMode.LIGHT)) {
            for (FontScale scale : List.of(FontScale.P100, FontScale.P180)) {
                looks.add(new Look(mode, scale, 1280, 800));
                looks.add(new Look(mode, scale, 1920, 1080));
            }
        }
        looks.add(new Look(ThemeMode.CONTRAST, FontScale.P100, 1280, 800));
        return looks;
    }

    @TestFactory
    Stream<DynamicTest> looksRight() {
        return states().entrySet().stream()
                .flatMap(
                        state ->
                                looks().stream()
                                        .map(
                                                look ->
                                                        DynamicTest.dynamicTest(
                                                                state.getKey() + " " + look.name(),
                                                                () ->
                                                                        render(
                                                                                state.getKey(),
                                                                                state.getValue(),
                                                                                look))));
    }

    private void render(String state, Supplier<Parent> content, Look look) throws Exception {
        Path file = FOLDER.resolve(screen() + "-" + state + "-" + look.name() + ".png");
        List<String> faults = new ArrayList<>();
        try (var warnings = new CssWarnings()) {
            Scene scene = FxToolkit.fx(() -> scene(content.get(), look));
            FxToolkit.settle();
            FxToolkit.onFx(() -> laidOut(scene));
            FxToolkit.settle();
            ScreenPicture.write(FxToolkit.fx(() -> ScreenPicture.of(scene)), file);
            faults.addAll(FxToolkit.fx(() -> Inspection.faults(scene.getRoot())));
            faults.addAll(warnings.texts());
        }
        assertThat(faults).as(file.toString()).isEmpty();
    }

    /** In no window: the headless platform's screen is smaller than the pictures. */
    private static Scene scene(Parent root, Look look) {
        var scene = new Scene(root, look.width(), look.height());
        Theming.apply(scene, look.mode(), look.scale());
        laidOut(scene);
        return scene;
    }

    /** Layout until nothing moves: cells of tables are made in a second pass. */
    private static void laidOut(Scene scene) {
        for (int pass = 0; pass < 3; pass++) {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
        }
    }
}
