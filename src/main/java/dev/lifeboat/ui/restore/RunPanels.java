package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.ScreenContext;

import javafx.scene.Parent;

import java.util.List;

/** What can be done with a copy beyond one button: each panel shows itself where it may be used. */
final class RunPanels {
    private final RescueViewModel rescue;
    private final HandoverViewModel handover;
    private final HandoverController handoverPanel;
    private final List<Parent> nodes;

    RunPanels(RunViewModel run, ScreenContext context) {
        rescue = new RescueViewModel(context);
        handover = new HandoverViewModel(context, run);
        handoverPanel = new HandoverController(handover, run, context.times());
        nodes =
                List.of(
                        FxmlFile.RESTORE_RESCUE.load(new RescueController(rescue, context.times())),
                        FxmlFile.RESTORE_HANDOVER.load(handoverPanel));
    }

    /** In the order of the page. */
    List<Parent> nodes() {
        return nodes;
    }

    /** Follows a restore. */
    void show(RestoreView view) {
        rescue.show(view);
        handover.show(view);
        handoverPanel.update();
    }

    /** Opens the checklist of the handover. */
    void handOver() {
        handover.open();
    }
}
