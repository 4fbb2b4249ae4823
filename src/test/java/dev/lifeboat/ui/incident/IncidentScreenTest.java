package dev.lifeboat.ui.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.restore.RestoreSights;
import dev.lifeboat.ui.task.FakeServices;

import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

class IncidentScreenTest extends ScreenPictures {
    private final FakeServices services = new FakeServices();

    @Override
    protected String screen() {
        return "incident";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        var states = new LinkedHashMap<String, Supplier<Parent>>();
        states.put("opened", () -> framed(content(services)));
        states.put(
                "preserved",
                () -> {
                    Parent content = content(services);
                    press(content, "#preserve-push_wal");
                    press(content, "#preserve-hold");
                    return framed(content);
                });
        return states;
    }

    @Test
    void preservingIsACommandAndTheHoldReachesBack() {
        FxToolkit.onFx(
                () -> {
                    Parent content = content(services);
                    press(content, "#preserve-push_wal");
                    press(content, "#preserve-hold");
                });

        assertThat(services.started.get(0)).containsExactly("backup", "wal");
        assertThat(services.started.get(1))
                .containsSequence("hold", "set", "--from", "2026-10-19T03:56:23Z")
                .containsSequence("--to", "2026-11-23T03:56:23Z");
    }

    private static void press(Parent content, String id) {
        ((Button) ((ScrollPane) content).getContent().lookup(id)).fire();
    }

    private static Parent framed(Parent content) {
        var overlay = new StackPane(content);
        overlay.getStyleClass().addAll("overlay");
        return overlay;
    }

    private static Parent content(FakeServices services) {
        return new Incident(RestoreSights.contextOf(services)).content();
    }
}
