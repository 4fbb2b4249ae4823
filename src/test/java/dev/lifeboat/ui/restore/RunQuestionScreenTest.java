package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.FxToolkit;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;

/** The question before something that cannot be taken back. */
class RunQuestionScreenTest {
    private static final RestoreView RUNNING =
            Sights.view(RestoreState.RUNNING, Sights.upToFetch());
    private static final RestoreView PAUSED = Sights.view(RestoreState.PAUSED, Sights.upToPause());

    @BeforeAll
    static void start() {
        FxToolkit.start();
    }

    @Test
    void aQuestionThatBecameMootGoesAwayAndSaysWhy() {
        FxToolkit.onFx(
                () -> {
                    var page = new Page(RUNNING);
                    page.press("#act-abort");
                    ((TextField) page.node("#confirmTyped")).setText(Sights.ID);

                    page.becomes(PAUSED);

                    assertThat(page.question())
                            .isEqualTo("It has paused meanwhile: nothing was aborted.");
                    assertThat(page.node("#confirmYes").isVisible()).isFalse();
                    assertThat(page.node("#confirmTyped").isVisible()).isFalse();
                    assertThat(page.focused()).isEqualTo("confirmNo");
                    page.press("#confirmNo");
                    assertThat(page.node("#confirmCard").isVisible()).isFalse();
                    assertThat(page.services.commands).isEmpty();
                });
    }

    @Test
    void aQuestionOfAnotherKindIsAskedAfterOneThatBecameMoot() {
        FxToolkit.onFx(
                () -> {
                    var page = new Page(RUNNING);
                    page.press("#act-abort");
                    page.becomes(PAUSED);

                    page.press("#act-promote");

                    assertThat(page.node("#confirmYes").isVisible()).isTrue();
                    assertThat(((Button) page.node("#confirmNo")).getText())
                            .isEqualTo("Leave it as it is");
                });
    }

    @Test
    void whoeverGoesOnPressingEnterDoesNothing() {
        FxToolkit.onFx(
                () -> {
                    for (String act : List.of("#act-promote", "#act-shut_down")) {
                        var page = new Page(PAUSED);
                        page.press(act);
                        assertThat(page.focused()).isEqualTo("confirmNo");
                        assertThat(page.question())
                                .contains(Sights.ID)
                                .contains("2026-04-07 02:30:00");

                        page.press("#confirmNo");
                        assertThat(page.services.commands).isEmpty();

                        page.press(act);
                        page.press("#confirmYes");
                        assertThat(page.services.commands).hasSize(1);
                    }
                });
    }

    private static final class Page {
        final FlowServices services = new FlowServices();
        private final RestoreScreen screen = new RestoreScreen(Sights.context(services));
        private final Scene scene;

        Page(RestoreView view) {
            services.restores.add(view);
            screen.activate();
            screen.open(Sights.ID);
            scene = new Scene(screen.root(), 1280, 800);
            screen.root().applyCss(); // what scrolls has no content before
        }

        void becomes(RestoreView view) {
            services.restores.set(0, view);
            screen.activate();
        }

        Node node(String id) {
            return Sights.find(screen.root(), id);
        }

        void press(String id) {
            ((Button) node(id)).fire();
        }

        String question() {
            return ((Label) node("#confirmText")).getText();
        }

        String focused() {
            return scene.getFocusOwner().getId();
        }
    }
}
