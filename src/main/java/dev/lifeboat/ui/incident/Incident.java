package dev.lifeboat.ui.incident;

import dev.lifeboat.ui.FxmlFile;
import dev.lifeboat.ui.Messages;
import dev.lifeboat.ui.ScreenContext;

import javafx.scene.Parent;

/** What the incident button opens. */
public final class Incident {
    private final ScreenContext context;

    public Incident(ScreenContext context) {
        this.context = context;
    }

    /** Shows it before everything else. */
    public void open() {
        context.dialogs().show(Messages.text("incident.title"), content(), () -> {});
    }

    Parent content() {
        return FxmlFile.INCIDENT.load(
                new IncidentController(context, () -> context.dialogs().close()));
    }
}
