package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.handover.OldServer;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.ScreenPictures;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

class HandoverScreenTest extends ScreenPictures {
    @Override
    protected String screen() {
        return "handover";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        var states = new LinkedHashMap<String, Supplier<Parent>>();
        states.put("blocked", () -> opened(HandoverSights.promoted(), HandoverSights.ALIVE));
        states.put("asks-who", () -> opened(HandoverSights.promoted(), HandoverSights.UNCLEAR));
        states.put(
                "from-pause",
                () ->
                        opened(
                                Sights.view(RestoreState.PAUSED, Sights.upToPause()),
                                HandoverSights.GONE));
        states.put("ready", HandoverScreenTest::ready);
        states.put("look-failed", HandoverScreenTest::lookFailed);
        states.put("stuck", () -> page(services(HandoverSights.stuck()), 0.8));
        states.put("working", () -> page(services(HandoverSights.working()), 0.5));
        states.put("over", () -> page(services(HandoverSights.over(true)), 0.5));
        states.put("over-without-archive", () -> page(services(HandoverSights.over(false)), 0.5));
        return states;
    }

    private static FlowServices services(RestoreView view) {
        var services = new FlowServices();
        services.restores.add(view);
        return services;
    }

    private static Parent opened(RestoreView view, OldServer old) {
        FlowServices services = services(view);
        services.old = old;
        Parent page = page(services, 0.8);
        press(page, "#act-handover");
        return page;
    }

    @Test
    void theBarLeadsToThePanel() {
        FxToolkit.onFx(
                () -> {
                    FlowServices services = services(HandoverSights.promoted());
                    services.old = HandoverSights.ALIVE;
                    Parent page = page(services, 0);
                    var scene = new Scene(page, 1280, 800);
                    page.applyCss(); // what scrolls has no content before
                    page.layout();
                    press(page, "#act-handover");

                    Node first = Sights.find(page, "#handover-listen");
                    assertThat(scene.getFocusOwner()).isEqualTo(first);
                    Bounds seen =
                            Sights.scroll(page).localToScene(Sights.scroll(page).getLayoutBounds());
                    assertThat(seen.contains(first.localToScene(first.getLayoutBounds()))).isTrue();
                });
    }

    private static Parent ready() {
        Parent page = opened(HandoverSights.promoted(), HandoverSights.GONE);
        ((RadioButton) Sights.find(page, "#handover-archive-on")).fire();
        ((TextField) Sights.find(page, "#handover-listen")).setText("10.0.3.9");
        ((TextField) Sights.find(page, "#handover-typed")).setText(Sights.ID);
        return page;
    }

    private static Parent lookFailed() {
        FlowServices services = services(HandoverSights.promoted());
        Parent page = page(services, 0.8);
        services.problem = Sights.darkRegion();
        press(page, "#act-handover");
        return page;
    }

    private static Parent page(FlowServices services, double down) {
        var screen = new RestoreScreen(Sights.context(services));
        screen.activate();
        screen.open(Sights.ID);
        Parent page = screen.root();
        Sights.scroll(page).setVvalue(down);
        return page;
    }

    private static void press(Parent page, String id) {
        ((Button) Sights.find(page, id)).fire();
    }
}
