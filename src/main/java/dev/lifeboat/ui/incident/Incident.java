package dev.lifeboat.ui.incident;

import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;

import javafx.scene.Node;
import javafx.scene.Parent;

/** What the incident button opens. */
public final class Incident {
    private final ScreenContext context;
    private Parent content;

    public Incident(ScreenContext context) {
        this.context = context;
    }

    /** Shows it before everything else, with what was done of it before. */
    public void open() {
        if (content == null) {
            content = content();
        }
        context.dialogs().show(Messages.text("incident.title"), content, () -> {});
        Node first = content.lookup("#" + IncidentController.id(PreserveStep.PUSH_WAL));
        if (first != null) {
            first.requestFocus();
        }
    }

    Parent content() {
        return FxmlFile.INCIDENT.load(
                new IncidentController(context, () -> context.dialogs().close()));
    }
}
