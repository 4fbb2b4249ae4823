package dev.lifeboat.ui.shell;

import dev.lifeboat.ui.Destination;
import dev.lifeboat.ui.Screen;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.catalog.CatalogScreen;
import dev.lifeboat.ui.health.HealthScreen;
import dev.lifeboat.ui.incident.Incident;
import dev.lifeboat.ui.records.RecordsScreen;
import dev.lifeboat.ui.restore.RestoreScreen;
import dev.lifeboat.ui.settings.SettingsScreen;
import dev.lifeboat.ui.timeline.TimelineScreen;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Every screen there is; what has none has no entry in the navigation. One is made when it is first
 * asked for, so that the window opens with the first alone. FX thread only.
 */
final class Screens {
    private final Map<Destination, Supplier<Screen>> makers = new EnumMap<>(Destination.class);
    private final Map<Destination, Screen> made = new EnumMap<>(Destination.class);

    /** For a profile: another one has its own. */
    Screens(ScreenContext context, Shell.Parts parts) {
        makers.put(Destination.HEALTH, () -> new HealthScreen(context));
        makers.put(Destination.CATALOG, () -> new CatalogScreen(context));
        makers.put(Destination.TIMELINE, () -> new TimelineScreen(context));
        makers.put(Destination.RESTORE, () -> new RestoreScreen(context));
        makers.put(Destination.RECORDS, () -> new RecordsScreen(context));
        makers.put(
                Destination.SETTINGS,
                () -> new SettingsScreen(context, parts.profiles(), parts.look(), parts.choose()));
    }

    /** In the order of the navigation. */
    List<Destination> places() {
        return List.copyOf(makers.keySet());
    }

    boolean has(Destination place) {
        return makers.containsKey(place);
    }

    /**
     * The screen of a place, the same each time.
     *
     * @throws NullPointerException when there is none
     */
    Screen at(Destination place) {
        return made.computeIfAbsent(place, wanted -> makers.get(wanted).get());
    }

    /** What the incident button does; empty: there is no such button. */
    static Optional<Runnable> incident(ScreenContext context) {
        return Optional.of(new Incident(context)::open);
    }
}
