package dev.lifeboat.ui.restore;

import dev.lifeboat.checklist.CheckItem;
import dev.lifeboat.journal.Event;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.restore.Plans;
import dev.lifeboat.restore.RestoreHistory;
import dev.lifeboat.restore.RestoreSample;
import dev.lifeboat.restore.RestoreState;
import dev.lifeboat.restore.RestoreView;
import dev.lifeboat.restore.Stage;
import dev.lifeboat.restore.StagePace;
import dev.lifeboat.restore.proof.DatabaseState;
import dev.lifeboat.ui.Dialogs;
import dev.lifeboat.ui.Navigator;
import dev.lifeboat.ui.Notices;
import dev.lifeboat.ui.ScreenContext;
import dev.lifeboat.ui.task.Jobs;
import dev.lifeboat.ui.task.TaskRunner;
import dev.lifeboat.ui.task.Ticker;
import dev.lifeboat.ui.task.TimeText;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/** Restores, checklists and samples as the pages can meet them. */
final class Sights {
    static final Instant NOW = Instant.parse("2026-04-07T03:10:00Z");
    static final String ID = Plans.physical().id();

    private Sights() {}

    static ScreenContext context(FlowServices services) {
        return context(services, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static ScreenContext context(FlowServices services, Clock clock) {
        return context(services, clock, new TaskRunner(Runnable::run, Runnable::run));
    }

    /** Whose background work waits for the test. */
    static ScreenContext context(FlowServices services, Executor background) {
        var tasks = new TaskRunner(background, Runnable::run);
        return context(services, Clock.fixed(NOW, ZoneOffset.UTC), tasks);
    }

    private static ScreenContext context(FlowServices services, Clock clock, TaskRunner tasks) {
        return new ScreenContext(
                services,
                tasks,
                Ticker.still(),
                new TimeText(clock, ZoneId.of("Europe/Rome")),
                Navigator.nowhere(),
                Notices.none(),
                Dialogs.none(),
                new Jobs(services.commands(), tasks));
    }

    static Problem darkRegion() {
        return new Problem(
                ProblemCode.STORAGE_UNREACHABLE,
                "s3://mockupaws-backups-prod cannot be reached.",
                "The endpoint refused the connection 5 times within 38 s.",
                "Choose the DR region for this restore, or wait and try again.");
    }

    private static Event event(int second, String name, Map<String, Object> fields) {
        return new Event(NOW.minusSeconds(120 - second), name, fields);
    }

    private static void stage(List<Event> events, int from, int to, String stage) {
        events.add(event(from, "stage-began", Map.of("stage", stage)));
        events.add(event(to, "stage-ended", Map.of("stage", stage, "seconds", to - from + 0.25)));
    }

    static List<Event> upToFetch() {
        List<Event> events = new ArrayList<>();
        events.add(event(0, "restore-began", Map.of("pid", 4711)));
        stage(events, 0, 1, "check");
        stage(events, 1, 1, "choose");
        events.add(event(2, "stage-began", Map.of("stage", "fetch")));
        for (int i = 0; i < 4; i++) {
            events.add(event(3 + i, "frame-placed", Map.of("stream", "base", "number", i)));
        }
        return events;
    }

    static List<Event> upToReplay() {
        List<Event> events = upToFetch();
        events.add(event(20, "stage-ended", Map.of("stage", "fetch", "seconds", 18.4)));
        stage(events, 20, 21, "place");
        stage(events, 21, 22, "configure");
        stage(events, 22, 24, "start");
        events.add(event(24, "stage-began", Map.of("stage", "replay")));
        return events;
    }

    static List<Event> upToPause() {
        List<Event> events = upToFetch();
        events.add(event(20, "stage-ended", Map.of("stage", "fetch", "seconds", 18.4)));
        stage(events, 20, 21, "place");
        stage(events, 21, 22, "configure");
        stage(events, 22, 24, "start");
        stage(events, 24, 60, "replay");
        events.add(event(60, "target-reached", Map.of("lsn", "0/5000100", "xid", 748)));
        stage(events, 60, 60, "assert");
        stage(events, 60, 63, "pause");
        events.add(event(63, "made-durable", Map.of()));
        events.add(event(63, "paused", Map.of("connection", connection())));
        return events;
    }

    /** A paused copy that sets out for a later target. */
    static List<Event> advanced() {
        return List.of(
                event(80, "restore-began", Map.of("pid", 4811)),
                event(80, "advanced", Map.of("number", 1, "to", "latest")));
    }

    /** ... and has come to replay. */
    static List<Event> advancedToReplay() {
        List<Event> events = new ArrayList<>();
        stage(events, 81, 82, "check");
        stage(events, 82, 83, "configure");
        stage(events, 83, 85, "start");
        events.add(event(85, "stage-began", Map.of("stage", "replay")));
        return events;
    }

    /** With what the checks found there. */
    static List<Event> upToFindings() {
        List<Event> events = upToPause();
        events.add(
                event(
                        70,
                        "verified",
                        Map.of(
                                "ok",
                                false,
                                "findings",
                                List.of(
                                        finding("connectivity", "ok", "a session was let in", ""),
                                        finding(
                                                "tables",
                                                "ok",
                                                "5 tables",
                                                "5 tables that the backup knew"),
                                        finding(
                                                "rows:public.scenario_logs",
                                                "ok",
                                                "81203",
                                                "about 80000 when the backup was taken"),
                                        finding(
                                                "newest:public.scenario_logs",
                                                "ok",
                                                "created_at 2026-04-07 02:28:19.331+00",
                                                ""),
                                        finding(
                                                "rows:public.users",
                                                "warning",
                                                "1",
                                                "about 4100 when the backup was taken"),
                                        finding("query:no orphans", "failed", "7", "= 0")))));
        return events;
    }

    /** Promoted after the checks had looked at it. */
    static List<Event> upToPromotionAfterFindings() {
        List<Event> events = new ArrayList<>(upToFindings());
        events.add(event(90, "promoted", Map.of("timeline", 4, "connection", connection())));
        return events;
    }

    private static Map<String, Object> finding(
            String id, String state, String measured, String expected) {
        return Map.of("id", id, "state", state, "measured", measured, "expected", expected);
    }

    static String connection() {
        return "postgresql://postgres@/mockupaws?host=%2Fvar%2Flib%2Flifeboat%2Frestores%2Fx%2Fs&port=5433";
    }

    static RestoreView view(RestoreState state, List<Event> events) {
        return view(ID, state, events);
    }

    static RestoreView view(String id, RestoreState state, List<Event> events) {
        var history = RestoreHistory.of(events);
        boolean up = state == RestoreState.PAUSED || state == RestoreState.PROMOTED;
        return new RestoreView(
                id,
                state,
                history.stage(),
                Plans.physical(),
                Optional.of(NOW.minusSeconds(120)),
                up ? Optional.of(connection()) : Optional.empty(),
                history);
    }

    /** A dump that was put into its database. */
    static RestoreView restoredDump() {
        List<Event> events = new ArrayList<>();
        events.add(event(0, "restore-began", Map.of("pid", 4711)));
        stage(events, 0, 1, "check");
        stage(events, 1, 1, "choose");
        stage(events, 2, 30, "fetch");
        stage(events, 30, 80, "place");
        stage(events, 80, 81, "configure");
        stage(events, 81, 90, "verify");
        stage(events, 90, 91, "handover");
        events.add(event(91, "restored", Map.of("connection", "postgresql://app@db1:5432/shop")));
        return dump(RestoreState.RESTORED, events);
    }

    /** A dump whose database is being filled. */
    static RestoreView fillingDump() {
        List<Event> events = new ArrayList<>();
        events.add(event(0, "restore-began", Map.of("pid", 4711)));
        stage(events, 0, 1, "check");
        stage(events, 1, 1, "choose");
        stage(events, 2, 30, "fetch");
        events.add(event(30, "stage-began", Map.of("stage", "place")));
        events.add(event(30, "filling", Map.of("database", "shop_restore_20260407_143000")));
        return dump(RestoreState.RUNNING, events);
    }

    private static RestoreView dump(RestoreState state, List<Event> events) {
        var history = RestoreHistory.of(events);
        return new RestoreView(
                ID,
                state,
                history.stage(),
                Plans.logical(),
                Optional.of(NOW.minusSeconds(120)),
                history.last("restored").flatMap(event -> event.text("connection")),
                history);
    }

    static RestoreView failed() {
        List<Event> events = upToFetch();
        events.add(
                event(
                        30,
                        "failed",
                        Map.of(
                                "resumable",
                                true,
                                "problem",
                                Map.of(
                                        "code", "NO_SPACE",
                                        "what", "The disk of /var/lib/lifeboat is full.",
                                        "why",
                                                "Writing base/16402/2619 answered: No space left on device.",
                                        "remedy",
                                                "Free 12.4 GiB there, then resume the restore."))));
        return view(RestoreState.INTERRUPTED, events);
    }

    /** What was written down of the live database. */
    static DatabaseState before() {
        return new DatabaseState(
                "mockupaws",
                NOW.minusSeconds(300),
                "15.18",
                OptionalLong.of(4_400_000_000L),
                List.of(
                        new DatabaseState.Table(
                                "public.scenario_logs",
                                OptionalLong.of(81_377),
                                true,
                                2_100_000_000L,
                                Optional.of("2026-04-07 02:41:09.12+00")),
                        new DatabaseState.Table(
                                "public.users",
                                OptionalLong.of(4_112),
                                false,
                                900_000L,
                                Optional.empty())),
                3,
                Map.of("pgcrypto", "1.3"));
    }

    static RestoreSample fetching() {
        return new RestoreSample(
                Stage.FETCH,
                57_700_000_000L,
                94_500_000_000L,
                0,
                106,
                List.of("base 611 (97.4 MiB)", "base 612 (101 MiB)", "16400 3 (12.0 MiB)"),
                2,
                "S3",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new StagePace(Stage.FETCH, 148_900_000, 186, 372)));
    }

    static RestoreSample replaying() {
        return new RestoreSample(
                Stage.REPLAY,
                94_500_000_000L,
                94_500_000_000L,
                61,
                106,
                List.of(),
                2,
                "",
                Optional.of(Lsn.parse("0/4A000060")),
                Optional.of(Instant.parse("2026-04-07T02:21:14.123Z")),
                Optional.of(new StagePace(Stage.REPLAY, 1.5, 33, 67)));
    }

    static List<CheckItem> checklist() {
        return List.of(
                item(
                        "directory-not-in-use",
                        CheckItem.State.OK,
                        "no server runs there",
                        "no server runs on /var/lib/lifeboat/restores/x/data",
                        "",
                        true),
                item(
                        "target-directory",
                        CheckItem.State.OK,
                        "absent, and can be made",
                        "empty or absent",
                        "",
                        true),
                item(
                        "encryption-key",
                        CheckItem.State.OK,
                        "ff3669145b7b511b",
                        "ff3669145b7b511b",
                        "",
                        false),
                item(
                        "wal-complete",
                        CheckItem.State.WARNING,
                        "2 segments only in the DR region",
                        "all segments",
                        "They are taken from there; repair with: lifeboat replicate --apply",
                        true),
                item(
                        "free-space",
                        CheckItem.State.BLOCKED,
                        "812 GiB",
                        "1.41 TiB",
                        "Free space, or choose another directory with --into.",
                        true),
                item(
                        "port",
                        CheckItem.State.BLOCKED,
                        "5433 is taken",
                        "5433 is free",
                        "Choose another one with --port.",
                        false),
                human(
                        "team-notified",
                        "the team knows of the maintenance window",
                        "Tell them, then --attest team-notified=NAME."),
                human(
                        "state-documented",
                        "the current state of the database is written down",
                        "Note row counts and sizes, then --attest state-documented=NAME."));
    }

    static List<CheckItem> dumpChecklist() {
        return List.of(
                item(
                        "target-database",
                        CheckItem.State.WARNING,
                        "shop@db1:5432 holds public.orders",
                        "an empty database, or a name for the one that is there",
                        "It will be renamed to shop_before_20260407_143000 once shop@db1:5432 was typed.",
                        true),
                item(
                        "database-not-in-use",
                        CheckItem.State.BLOCKED,
                        "2 sessions: app from 10.0.3.7, app from 10.0.3.8",
                        "no session in shop when the names are swapped",
                        "Stop the application that uses it, or end them.",
                        true),
                item(
                        "backup-readable",
                        CheckItem.State.OK,
                        "a dump of the custom format, encrypted, with a manifest",
                        "a dump that opens",
                        "",
                        true),
                human(
                        "team-notified",
                        "the team knows of the maintenance window",
                        "Tell them, then --attest team-notified=NAME."));
    }

    static CheckItem item(
            String id,
            CheckItem.State state,
            String measured,
            String needed,
            String remedy,
            boolean overridable) {
        return new CheckItem(
                id,
                CheckItem.Kind.AUTOMATIC,
                state,
                measured,
                needed,
                remedy,
                overridable,
                Optional.empty());
    }

    static CheckItem human(String id, String needed, String remedy) {
        return new CheckItem(
                id,
                CheckItem.Kind.HUMAN,
                CheckItem.State.OPEN,
                "nobody has attested it",
                needed,
                remedy,
                true,
                Optional.empty());
    }

    /** What scrolls on the page that a screen shows. */
    static ScrollPane scroll(Parent screen) {
        Parent shown = (Parent) screen.getChildrenUnmodifiable().getFirst();
        return shown instanceof ScrollPane whole
                ? whole
                : (ScrollPane) ((BorderPane) shown).getCenter();
    }

    /** A part of the page that a screen shows, in what scrolls or in the bar below it. */
    static Node find(Parent screen, String id) {
        Node found = scroll(screen).getContent().lookup(id);
        return found == null
                        && screen.getChildrenUnmodifiable().getFirst() instanceof BorderPane page
                ? page.getBottom().lookup(id)
                : found;
    }
}
