package dev.lifeboat.ui.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.monitor.Health;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.TestContexts;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.theme.Role;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

class HealthScreenTest extends ScreenPictures {
    @Override
    protected String screen() {
        return "health";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        var states = new LinkedHashMap<String, Supplier<Parent>>();
        states.put("loading", HealthScreenTest::loading);
        states.put("well", () -> showing(SampleHealth.well()));
        states.put("troubled", () -> showing(SampleHealth.troubled()));
        states.put("primary-down", () -> showing(SampleHealth.primaryDown()));
        states.put("wrong-key", () -> showing(SampleHealth.wrongKey()));
        states.put("no-backup", () -> showing(SampleHealth.nothing()));
        states.put("error", HealthScreenTest::failing);
        states.put("stale-with-error", HealthScreenTest::stale);
        return states;
    }

    private static Parent loading() {
        var screen = new HealthScreen(TestContexts.waiting(new FakeServices()));
        screen.activate();
        return screen.root();
    }

    private static Parent showing(Health health) {
        var services = new FakeServices();
        services.health = health;
        var screen = new HealthScreen(TestContexts.of(services));
        screen.activate();
        return screen.root();
    }

    private static Parent failing() {
        var services = new FakeServices();
        services.problem = FakeServices.unreachable();
        var screen = new HealthScreen(TestContexts.of(services));
        screen.activate();
        return screen.root();
    }

    /** Read once, and then the buckets no longer answer. */
    private static Parent stale() {
        var services = new FakeServices();
        services.health = SampleHealth.well();
        var screen = new HealthScreen(TestContexts.of(services));
        screen.activate();
        services.problem = FakeServices.unreachable();
        screen.refresh();
        return screen.root();
    }

    @Test
    void aVerdictThatCouldNotBeReadAnewIsNotGreen() {
        FxToolkit.onFx(
                () -> {
                    Parent stale = laidOut(stale());
                    Parent well = laidOut(showing(SampleHealth.well()));

                    assertThat(verdict(well).getStyleClass()).contains(Role.OK.styleClass());
                    assertThat(verdict(stale).getStyleClass())
                            .contains(Role.WARN.styleClass())
                            .doesNotContain(Role.OK.styleClass());
                    assertThat(((Label) stale.lookup(".verdict-text")).getText())
                            .startsWith("As read 2026-11-23");
                });
    }

    private static Node verdict(Parent screen) {
        return screen.lookup(".verdict");
    }

    /** What a scroll pane holds is not below it before it was laid out. */
    private static Parent laidOut(Parent screen) {
        new Scene(screen);
        screen.applyCss();
        screen.layout();
        return screen;
    }
}
