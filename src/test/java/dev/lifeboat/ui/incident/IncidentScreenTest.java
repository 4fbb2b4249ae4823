package dev.lifeboat.ui.incident;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.joining;

import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.restore.RestoreSights;
import dev.lifeboat.ui.task.FakeServices;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        states.put(
                "salvaged",
                () -> {
                    Parent content = content(salvaging());
                    salvage(content);
                    return framed(content);
                });
        states.put(
                "salvage-damaged",
                () -> {
                    Parent content = content(damaged());
                    salvage(content);
                    return framed(content);
                });
        return states;
    }

    private static FakeServices salvaging() {
        var services = new FakeServices();
        services.commandResults =
                List.of(
                        "{\"archived\":[\"000000010000000000000007\",\"000000010000000000000008.partial\"],"
                                + "\"thereBefore\":3,\"tail\":{\"segment\":\"000000010000000000000008\","
                                + "\"archivedAs\":\"000000010000000000000008.partial\",\"commits\":412,"
                                + "\"lastCommit\":\"2026-11-23T03:56:20.250Z\"},\"damaged\":[],\"safe\":true}");
        return services;
    }

    private static void salvage(Parent content) {
        Parent body = (Parent) ((ScrollPane) content).getContent();
        ((TextField) body.lookup("#salvage-directory")).setText("/var/lib/postgresql/15/main");
        press(content, "#preserve-salvage");
    }

    @Test
    void theTailOfADeadServerIsSavedAndTheWayToItTold() {
        FakeServices dead = salvaging();
        String shown =
                FxToolkit.fx(
                        () -> {
                            Parent content = content(dead);
                            salvage(content);
                            return texts(((ScrollPane) content).getContent().lookupAll(".label"));
                        });

        assertThat(dead.started.getFirst())
                .containsExactly("wal", "salvage", "/var/lib/postgresql/15/main");
        assertThat(shown)
                .contains("412 commits more, the last of 2026-11-23 03:56:20")
                .contains("lifeboat wal salvage '/var/lib/postgresql/15/main' --with-tail");
    }

    @Test
    void aDamagedTailIsToldAndNoWayToItOffered() {
        FakeServices dead = damaged();
        String shown =
                FxToolkit.fx(
                        () -> {
                            Parent content = content(dead);
                            salvage(content);
                            return texts(((ScrollPane) content).getContent().lookupAll(".label"));
                        });

        assertThat(shown)
                .contains("The WAL of segment 000000010000000000000008 is damaged")
                .contains("look for another copy")
                .doesNotContain("--with-tail");
    }

    private static FakeServices damaged() {
        FakeServices services = salvaging();
        services.commandResults =
                List.of(
                        services.commandResults
                                .getFirst()
                                .replace(
                                        "\"damaged\":[]",
                                        "\"damaged\":[{\"code\":\"WAL_DAMAGED\",\"what\":\"The WAL of segment"
                                                + " 000000010000000000000008 is damaged at 0/8000070.\",\"why\":\"The"
                                                + " last checkpoint lies behind that.\",\"remedy\":\"Keep the directory"
                                                + " as it is, and look for another copy of the segment.\"}]"));
        return services;
    }

    private static String texts(Set<Node> labels) {
        return labels.stream().map(label -> ((Label) label).getText()).collect(joining("\n"));
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

    @Test
    void whatWasDoneIsSaidAndCanBeDoneAgain() {
        FxToolkit.onFx(
                () -> {
                    Parent content = content(services);
                    press(content, "#preserve-hold");
                    press(content, "#preserve-hold");
                });

        assertThat(services.started).hasSize(2);
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
