package dev.lifeboat.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.theme.FontScale;
import dev.lifeboat.ui.theme.ThemeMode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class StateFileTest {
    @TempDir Path folder;

    @Test
    void remembersWhatTheWindowShowed() {
        var file = new StateFile(folder.resolve("console/window.json"));
        ConsoleState state =
                ConsoleState.first()
                        .withLook(ThemeMode.CONTRAST, FontScale.P140)
                        .withDestination(Destination.CATALOG)
                        .withProfile("orders-prod")
                        .withBounds(10, 20, 1400, 900, false);

        file.write(state);

        assertThat(file.read()).isEqualTo(state);
    }

    @Test
    void beginsAnewWhereTheFileIsNoStateOfThisVersion() throws IOException {
        Path file = folder.resolve("window.json");
        assertThat(new StateFile(file).read()).isEqualTo(ConsoleState.first());

        Files.writeString(file, "{\"theme\":\"SEPIA\"}");
        assertThat(new StateFile(file).read()).isEqualTo(ConsoleState.first());

        Files.writeString(file, "{\"later\":true}");
        assertThat(new StateFile(file).read()).isEqualTo(ConsoleState.first());
    }
}
