package dev.lifeboat.ui.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.settings.Classification;
import dev.lifeboat.ui.FxToolkit;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.task.ProfileFacts;

import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

class RescueScreenTest extends ScreenPictures {
    @Override
    protected String screen() {
        return "rescue";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        var states = new LinkedHashMap<String, Supplier<Parent>>();
        states.put("empty", () -> page(RescueSights.services(), ""));
        states.put("no-database", RescueScreenTest::withoutDatabase);
        states.put("compared", () -> compared(RescueSights.compared()));
        states.put("all-there", () -> compared(RescueSights.same()));
        states.put("asked", () -> asked(services()));
        states.put("done", () -> confirmed(0, RescueSights.applied()));
        states.put(
                "in-doubt",
                () ->
                        confirmed(
                                1,
                                "{\"problem\":{\"code\":\"DATABASE_UNREACHABLE\",\"what\":\"The"
                                        + " live database does not answer.\",\"why\":\"The"
                                        + " connection was closed.\",\"remedy\":\"See whether"
                                        + " it runs, then compare again.\"}}"));
        return states;
    }

    private static FlowServices services() {
        FlowServices services = RescueSights.services();
        services.results = List.of(RescueSights.compared());
        return services;
    }

    private static Parent withoutDatabase() {
        FlowServices services = RescueSights.services();
        ProfileFacts known = FakeServices.profileOf(Classification.PRODUCTION);
        services.profile =
                new ProfileFacts(
                        known.name(),
                        known.classification(),
                        Optional.empty(),
                        known.regions(),
                        known.prefix(),
                        known.contradictions(),
                        known.problem());
        return page(services, "scenario_logs");
    }

    @Test
    void theBarLeadsToThePanel() {
        String focused =
                FxToolkit.fx(
                        () -> {
                            Parent page = page(services(), "");
                            var scene = new Scene(page, 1280, 800);
                            page.applyCss(); // what scrolls has no content before
                            press(page, "#act-rescue");
                            return scene.getFocusOwner().getId();
                        });

        assertThat(focused).isEqualTo("rescue-tables");
    }

    private static Parent compared(String answer) {
        FlowServices services = RescueSights.services();
        services.results = List.of(answer);
        Parent page = page(services, "scenario_logs, orders");
        press(page, "#rescue-compare");
        return page;
    }

    private static Parent asked(FlowServices services) {
        Parent page = page(services, "scenario_logs, orders");
        press(page, "#rescue-compare");
        press(page, "#rescue-changed");
        return page;
    }

    private static Parent confirmed(int exitCode, String answer) {
        FlowServices services = services();
        Parent page = asked(services);
        services.exitCode = exitCode;
        services.results = List.of(answer);
        ((TextField) Sights.find(page, "#rescue-typed")).setText("orders@db.internal:5432");
        press(page, "#rescue-yes");
        return page;
    }

    private static Parent page(FlowServices services, String tables) {
        var screen = new RestoreScreen(Sights.context(services));
        screen.activate();
        screen.open(Sights.ID);
        Parent page = screen.root();
        ((TextField) Sights.find(page, "#rescue-tables")).setText(tables);
        Sights.scroll(page).setVvalue(0.6);
        return page;
    }

    private static void press(Parent page, String id) {
        ((Button) Sights.find(page, id)).fire();
    }
}
