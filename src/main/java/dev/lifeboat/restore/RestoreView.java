package dev.lifeboat.restore;

import dev.lifeboat.host.Host;
import dev.lifeboat.journal.Event;
import dev.lifeboat.journal.JobLock;
import dev.lifeboat.journal.Journal;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.RunningServer;
import dev.lifeboat.restore.handover.HandoverStep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A restore as somebody sees who does not work on it.
 *
 * @param startedAt empty as long as nothing was done
 * @param connection a libpq URI; empty when no server runs that lets sessions in
 * @param rescues from its copy into the live database, oldest first
 */
public record RestoreView(
        String id,
        RestoreState state,
        Optional<Stage> stage,
        RestorePlan plan,
        Optional<Instant> startedAt,
        Optional<String> connection,
        RestoreHistory history,
        List<Rescue> rescues) {
    public RestoreView {
        rescues = List.copyOf(rescues);
    }

    /** Of a copy that no rows were brought back from. */
    public RestoreView(
            String id,
            RestoreState state,
            Optional<Stage> stage,
            RestorePlan plan,
            Optional<Instant> startedAt,
            Optional<String> connection,
            RestoreHistory history) {
        this(id, state, stage, plan, startedAt, connection, history, List.of());
    }

    /** All restores below a folder of state, newest id last. */
    public static List<RestoreView> list(Path lifeboatHome, Host host) throws RecoveryException {
        List<RestoreView> views = new ArrayList<>();
        Path restores = lifeboatHome.resolve("restores");
        if (Files.isDirectory(restores)) {
            for (Path path : host.files().list(restores)) {
                var folder = new RestoreFolder(path.toAbsolutePath());
                if (host.files().exists(folder.plan())) {
                    views.add(of(folder, host));
                }
            }
        }
        return views;
    }

    /**
     * How one restore stands now.
     *
     * @throws RecoveryException JOB_UNKNOWN when there is none in that folder
     */
    public static RestoreView of(RestoreFolder folder, Host host) throws RecoveryException {
        RestorePlan plan = RestoreJob.plan(folder, host);
        var history = RestoreHistory.of(Journal.read(folder.journal()));
        boolean runs =
                switch (plan) {
                    case PhysicalPlan physical -> serverRuns(physical, history, host);
                    case LogicalPlan _ -> false;
                };
        boolean worked = Files.exists(folder.lock()) && JobLock.isHeld(folder.lock());
        return new RestoreView(
                plan.id(),
                history.state(worked, runs),
                history.stage(),
                plan,
                history.events().stream().findFirst().map(Event::at),
                runs || plan instanceof LogicalPlan ? connection(history) : Optional.empty(),
                history,
                RescueJournal.read(folder).rescues());
    }

    /** What the checks of the restored database found last; empty before they ran. */
    public Optional<Map<String, Object>> checks() {
        return history.leg().last(RestoreHistory.VERIFIED).map(Event::fields);
    }

    /** When they were made; empty before. */
    public Optional<Instant> checkedAt() {
        return history.checks().map(Event::at);
    }

    /** When the copy was promoted, if the checks looked at it before that and not since. */
    public Optional<Instant> promotedSinceChecked() {
        return history.leg()
                .last(RestoreHistory.PROMOTED)
                .map(Event::at)
                .filter(at -> checkedAt().map(at::isAfter).orElse(false));
    }

    /** Address, timeline and seconds of a copy that became the database; empty for any other. */
    public Optional<Map<String, Object>> handedOver() {
        return history.leg().last(RestoreHistory.HANDED_OVER).map(Event::fields);
    }

    /** The last commit at its target; empty before it arrived, and when no commit told the time. */
    public Optional<Instant> reachedAt() {
        return history.leg()
                .last(RestoreHistory.ARRIVED)
                .flatMap(event -> event.text("time"))
                .map(Instant::parse);
    }

    /** A step of the handover, once it was done. */
    public Optional<Event> handover(HandoverStep step) {
        return history.leg().last(step.event());
    }

    /** How long it has waited at its target; empty unless it waits there now. */
    public Optional<Duration> pausedFor(Clock clock) {
        return state == RestoreState.PAUSED
                ? history.pausedAt().map(at -> Duration.between(at, clock.instant()))
                : Optional.empty();
    }

    static RestoreOutcome outcome(RestoreSite site) throws RecoveryException {
        RestoreHistory history = site.history();
        boolean runs = serverRuns(site.plan(), history, site.host());
        return new RestoreOutcome(
                site.plan().id(),
                history.state(false, runs),
                Optional.of(site.plan().dataDirectory()),
                runs ? connection(history) : Optional.empty(),
                Optional.of(site.plan().target()),
                Optional.of(reached(history)));
    }

    static boolean serverRuns(PhysicalPlan plan, RestoreHistory history, Host host)
            throws RecoveryException {
        return history.has(RestoreHistory.CLAIMED)
                && RunningServer.on(host, plan.dataDirectory()).isPresent();
    }

    static Optional<String> connection(RestoreHistory history) {
        RestoreHistory leg = history.leg();
        return leg.last(RestoreHistory.RESTORED)
                .or(() -> leg.last(RestoreHistory.HANDED_OVER))
                .or(() -> leg.last(RestoreHistory.PROMOTED))
                .or(() -> leg.last(RestoreHistory.PAUSED))
                .flatMap(event -> event.text("connection"));
    }

    static RestoreOutcome.Reached reached(RestoreHistory history) {
        Optional<Event> event = history.leg().last(RestoreHistory.ARRIVED);
        return new RestoreOutcome.Reached(
                event.flatMap(e -> e.text("lsn")).map(Lsn::parse).orElse(Lsn.ZERO),
                event.flatMap(e -> e.text("time")).map(Instant::parse),
                event.flatMap(e -> e.text("xid")).map(Long::valueOf));
    }
}
