package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Screen;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.catalog.CatalogScreen;
import dev.lifeboat.ui.health.HealthScreen;
import dev.lifeboat.ui.incident.Incident;
import dev.lifeboat.ui.records.RecordsScreen;
import dev.lifeboat.ui.restore.RestoreScreen;
import dev.lifeboat.ui.settings.SettingsScreen;
import dev.lifeboat.ui.timeline.TimelineScreen;

import java.util.List;
import java.util.Optional;

/** Every screen there is; what has none has no entry in the navigation. */
final class Screens {
    private Screens() {}

    /** Made anew for a profile. */
    static List<Screen> of(ScreenContext context, Shell.Parts parts) {
        return List.of(
                new HealthScreen(context),
                new CatalogScreen(context),
                new TimelineScreen(context),
                new RestoreScreen(context),
                new RecordsScreen(context),
                new SettingsScreen(context, parts.profiles(), parts.look(), parts.choose()));
    }

    /** What the incident button does; empty: there is no such button. */
    static Optional<Runnable> incident(ScreenContext context) {
        return Optional.of(new Incident(context)::open);
    }
}
