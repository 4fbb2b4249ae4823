package dev.lifeboat.ui.restore;

import dev.lifeboat.journal.Event;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.handover.HandoverStep;
import dev.lifeboat.restore.handover.OldServer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Copies on their way to become the database. */
final class HandoverSights {
    static final OldServer GONE =
            new OldServer(
                    OldServer.State.UNREACHABLE, "orders@db.internal:5432 cannot be reached.");
    static final OldServer ALIVE =
            new OldServer(OldServer.State.TAKES_WRITES, "At orders@db.internal:5432 it answers.");
    static final OldServer UNCLEAR =
            new OldServer(
                    OldServer.State.UNKNOWN, "At orders@db.internal:5432 a standby of it answers.");

    private HandoverSights() {}

    static RestoreView promoted() {
        return Sights.view(RestoreState.PROMOTED, upToPromotion());
    }

    /** Stopped after some steps; the settings are written. */
    static RestoreView stuck() {
        return Sights.view(RestoreState.PROMOTED, upTo(HandoverStep.OWN_SETTINGS_BACK, true));
    }

    /** Under way. */
    static RestoreView working() {
        return Sights.view(RestoreState.RUNNING, upTo(HandoverStep.ARCHIVING_PROVEN, true));
    }

    /** It is the database. */
    static RestoreView over(boolean archives) {
        List<Event> events = upTo(HandoverStep.BASE_TAKEN, archives);
        events.add(
                event(
                        "handed-over",
                        Map.of(
                                "url",
                                "postgresql://pg-dr-01:5432/mockupaws",
                                "connection",
                                Sights.connection(),
                                "archive",
                                archives,
                                "rtoSeconds",
                                1104)));
        events.add(event("stage-ended", Map.of("stage", "handover", "seconds", 41.2)));
        return Sights.view(RestoreState.HANDED_OVER, events);
    }

    private static List<Event> upToPromotion() {
        List<Event> events = new ArrayList<>(Sights.upToPause());
        events.add(event("promoted", Map.of("timeline", 4, "connection", Sights.connection())));
        return events;
    }

    private static List<Event> upTo(HandoverStep last, boolean archives) {
        List<Event> events = upToPromotion();
        events.add(event("stage-began", Map.of("stage", "handover")));
        for (HandoverStep step : HandoverStep.values()) {
            if (step.compareTo(last) <= 0 && (archives || !step.isOfTheArchive())) {
                events.add(event(step.event(), fields(step)));
            }
        }
        return events;
    }

    private static Map<String, Object> fields(HandoverStep step) {
        return switch (step) {
            case OLD_SERVER_FENCED -> Map.of("seen", GONE.seen(), "how", "unreachable");
            case TIMELINE_IS_ITS_OWN -> Map.of("timeline", 4);
            case OWN_SETTINGS_BACK ->
                    Map.of(
                            "listen",
                            "10.0.3.9",
                            "port",
                            5432,
                            "takenOut",
                            List.of("data_directory", "archive_command", "primary_conninfo"));
            case HISTORY_ARCHIVED -> Map.of("file", "00000004.history");
            case ARCHIVING_PROVEN, ANALYZED -> Map.of();
            case REINDEX_LISTED ->
                    Map.of(
                            "commands",
                            List.of(
                                    "mockupaws: REINDEX INDEX CONCURRENTLY public.users_name",
                                    "mockupaws: REINDEX INDEX CONCURRENTLY public.orders_ref"));
            case BASE_TAKEN -> Map.of("id", "mockupaws_base_20260407_031100");
        };
    }

    private static Event event(String name, Map<String, Object> fields) {
        return new Event(Sights.NOW, name, fields);
    }
}
