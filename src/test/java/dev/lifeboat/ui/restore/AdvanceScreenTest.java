package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.ScreenPictures;
import dev.lifeboat.ui.task.FakeServices;
import dev.lifeboat.ui.timeline.SampleSource;
import dev.lifeboat.ui.timeline.SampleTimelines;

import javafx.event.ActionEvent;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

class AdvanceScreenTest extends ScreenPictures {
    @Override
    protected String screen() {
        return "advance";
    }

    @Override
    protected Map<String, Supplier<Parent>> states() {
        var states = new LinkedHashMap<String, Supplier<Parent>>();
        states.put("later", () -> chosen(AdvanceSights.paused(), "2026-11-23T02:52:07Z"));
        states.put("earlier", () -> chosen(AdvanceSights.paused(), "2026-11-23T00:40:00Z"));
        states.put(
                "not-known", () -> chosen(AdvanceSights.pausedSomewhere(), "2026-11-23T02:52:07Z"));
        states.put("error", AdvanceScreenTest::failed);
        return states;
    }

    private static Parent chosen(RestoreView view, String time) {
        Parent page = opened(view, new SampleSource(SampleTimelines.evening()));
        var typed = (TextField) Sights.find(page, "#advance-typed");
        typed.setText(time);
        typed.fireEvent(new ActionEvent());
        return page;
    }

    private static Parent failed() {
        var source = new SampleSource(SampleTimelines.evening());
        source.problem = FakeServices.unreachable();
        return opened(AdvanceSights.paused(), source);
    }

    private static Parent opened(RestoreView view, SampleSource source) {
        var services = new FlowServices();
        services.restores.add(view);
        var context = Sights.context(services, FakeServices.TIMES.clock());
        var screen = new RestoreScreen(context, source);
        screen.activate();
        screen.open(Sights.ID);
        Parent page = screen.root();
        ((Button) Sights.find(page, "#advance-choose")).fire();
        Sights.scroll(page).setVvalue(0.4);
        return page;
    }
}
