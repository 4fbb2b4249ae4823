package dev.lifeboat.ui.restore;

import dev.lifeboat.journal.Event;
import dev.lifeboat.restore.RestoreHistory;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies that wait within the evening the timelines of the tests show. */
final class AdvanceSights {
    static final String REACHED = "2026-11-23T01:20:00Z";

    private AdvanceSights() {}

    /** It waits, and its journal tells when it stands. */
    static RestoreView paused() {
        return view(RestoreState.PAUSED, Map.of("lsn", "0/5000100", "time", REACHED));
    }

    /** It waits where no commit told the time. */
    static RestoreView pausedSomewhere() {
        return view(RestoreState.PAUSED, Map.of("lsn", "0/5000100"));
    }

    static RestoreView promoted() {
        return view(RestoreState.PROMOTED, Map.of("lsn", "0/5000100", "time", REACHED));
    }

    private static RestoreView view(RestoreState state, Map<String, Object> reached) {
        List<Event> events = new ArrayList<>();
        for (Event event : Sights.upToPause()) {
            events.add(
                    event.is("target-reached")
                            ? new Event(event.at(), event.name(), reached)
                            : event);
        }
        RestoreView known = Sights.view(state, events);
        RestoreHistory history = RestoreHistory.of(events);
        return new RestoreView(
                known.id(),
                state,
                history.stage(),
                known.plan(),
                known.startedAt(),
                Optional.of(Sights.connection()),
                history);
    }
}
