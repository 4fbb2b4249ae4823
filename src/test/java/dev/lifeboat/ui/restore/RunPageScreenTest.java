package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.postgres.QueryAnswer;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.timeline.SampleSource;
import dev.lifeboat.ui.timeline.model.TimelineData;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;

/** The page of a run, when another restore is opened on it. */
class RunPageScreenTest {
    private static final String OTHER = "mockupaws_20260408_150000";
    private final FlowServices services = new FlowServices();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private RestoreScreen screen;

    @Test
    void nothingOfOneCopyIsShownOrDoneOnAnother() {
        services.restores.add(Sights.view(RestoreState.PAUSED, Sights.upToPause()));
        services.restores.add(Sights.view(OTHER, RestoreState.PAUSED, Sights.upToPause()));
        services.answer = new QueryAnswer(List.of("rows"), List.of(List.of("of the first")), false);
        FxToolkit.onFx(
                () -> {
                    var source = new SampleSource(TimelineData.empty(0));
                    screen = new RestoreScreen(Sights.context(services, background::add), source);
                    var scene = new Scene(screen.root(), 1280, 800);
                    screen.open(Sights.ID);
                    work();
                    scene.getRoot().applyCss(); // what scrolls has no content before
                    type("Target", "2026-04-07 02:40:00");
                    type("Look at the data", "select 1");
                    press("Ask");

                    screen.open(OTHER);
                    work();
                });

        assertThat(FxToolkit.fx(() -> field("Target").getText())).isEmpty();
        assertThat(FxToolkit.fx(() -> field("Look at the data").getText())).isEmpty();
        assertThat(FxToolkit.fx(this::texts)).contains("Restore " + OTHER);
        assertThat(FxToolkit.fx(() -> nodes(screen.root()).toList()))
                .doesNotHaveAnyElementsOfTypes(AnswerTable.class);
    }

    private void work() {
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
    }

    private void type(String field, String text) {
        field(field).setText(text);
    }

    private TextInputControl field(String name) {
        return nodes(screen.root())
                .filter(TextInputControl.class::isInstance)
                .map(TextInputControl.class::cast)
                .filter(each -> name.equals(each.getAccessibleText()))
                .findFirst()
                .orElseThrow();
    }

    private void press(String words) {
        nodes(screen.root())
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .filter(each -> words.equals(each.getText()))
                .findFirst()
                .orElseThrow()
                .fire();
    }

    private List<String> texts() {
        return nodes(screen.root())
                .filter(Labeled.class::isInstance)
                .map(each -> Optional.ofNullable(((Labeled) each).getText()).orElse(""))
                .toList();
    }

    private static Stream<Node> nodes(Node node) {
        return node instanceof Parent parent
                ? Stream.concat(
                        Stream.of(node),
                        parent.getChildrenUnmodifiable().stream().flatMap(RunPageScreenTest::nodes))
                : Stream.of(node);
    }
}
