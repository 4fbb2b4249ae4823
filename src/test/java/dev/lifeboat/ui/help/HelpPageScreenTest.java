package dev.lifeboat.ui.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.FxToolkit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Locale;

class HelpPageScreenTest {
    @ParameterizedTest
    @EnumSource(Destination.class)
    void everyPlaceHasAPage(Destination place) {
        String page = place.name().toLowerCase(Locale.ROOT);

        assertThat(FxToolkit.fx(() -> HelpPage.of(page)).getChildren()).isNotEmpty();
    }
}
