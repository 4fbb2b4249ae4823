package dev.lifeboat.ui.restore;

import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.timeline.TimelineSource;

import javafx.scene.Parent;

import java.util.List;

/** What can be done with a copy beyond one button: each panel shows itself where it may be used. */
final class RunPanels {
    private final RunViewModel run;
    private final AdvanceViewModel advance;
    private final Parent timeline;
    private final RescueViewModel rescue;
    private final RescueController rescuePanel;
    private final HandoverViewModel handover;
    private final HandoverController handoverPanel;
    private final List<Parent> nodes;

    RunPanels(RunViewModel run, ScreenContext context, TimelineSource source) {
        this.run = run;
        advance = new AdvanceViewModel(context, run, source);
        timeline = FxmlFile.RESTORE_ADVANCE.load(new AdvanceController(advance, run));
        rescue = new RescueViewModel(context);
        rescuePanel = new RescueController(rescue, context.times());
        handover = new HandoverViewModel(context, run);
        handoverPanel = new HandoverController(handover, run, context.times());
        nodes =
                List.of(
                        FxmlFile.RESTORE_RESCUE.load(rescuePanel),
                        FxmlFile.RESTORE_HANDOVER.load(handoverPanel));
    }

    /** Where a later target is chosen on the timeline. */
    Parent timeline() {
        return timeline;
    }

    /** In the order of the page. */
    List<Parent> nodes() {
        return nodes;
    }

    /** Follows a restore. */
    void show(RestoreView view) {
        advance.show(view);
        rescue.show(view, run.before());
        handover.show(view);
        handoverPanel.update();
    }

    /** Leads to where rows are brought back. */
    void bringBack() {
        rescuePanel.turnTo();
    }

    /** Opens the checklist of the handover, and leads there. */
    void handOver() {
        handover.open();
        handoverPanel.turnTo();
    }
}
