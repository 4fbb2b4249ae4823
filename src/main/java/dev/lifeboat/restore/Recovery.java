package dev.lifeboat.restore;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.postgres.ControlFile;
import dev.lifeboat.restore.proof.Expected;
import dev.lifeboat.restore.proof.Proof;
import dev.lifeboat.restore.proof.RestoredChecks;
import dev.lifeboat.restore.server.Arrival;
import dev.lifeboat.restore.server.Durability;
import dev.lifeboat.restore.server.ManagedConfiguration;
import dev.lifeboat.restore.server.Phase;
import dev.lifeboat.restore.server.Promotion;
import dev.lifeboat.restore.server.RecoveryServer;
import dev.lifeboat.restore.server.ReplayWatch;
import dev.lifeboat.restore.spool.ArchiveSource;
import dev.lifeboat.restore.spool.FillerLimits;
import dev.lifeboat.restore.spool.SpoolFiller;
import dev.lifeboat.restore.spool.SpoolRun;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalExpectation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The part of a restore that has a server in it. */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final long CHECKPOINT_EVERY_BYTES = 4L << 30;

    private final RestoreSite site;
    private final RestoreProgress progress;
    private final CancelToken cancel;
    private SpoolRun run;
    private RecoveryServer server;

    Recovery(RestoreSite site, RestoreProgress progress, CancelToken cancel) {
        this.site = site;
        this.progress = progress;
        this.cancel = cancel;
    }

    /** Whether a server of this restore runs on the data directory. */
    boolean isServerAlive() throws RecoveryException {
        if (server != null) {
            return server.isAlive();
        }
        if (!site.placement().isReleased() || !site.history().has(RestoreHistory.CLAIMED)) {
            return false;
        }
        RecoveryServer found = server(configuration());
        if (found.attach()) {
            server = found;
        }
        return server != null;
    }

    /**
     * A server that an advance found waiting at the target before this one is stopped; called again
     * it finds none.
     */
    void leaveTheTargetBefore() throws RecoveryException {
        RestoreHistory history = site.history();
        boolean startedSince = history.leg().has(RestoreHistory.SERVER_STARTING);
        if (history.has(RestoreHistory.ADVANCED) && !startedSince && isServerAlive()) {
            server.stop();
            server = null;
        }
    }

    /**
     * Opens the spool and begins to fill it.
     *
     * @param serverRuns whether a server goes on that was started by an earlier process
     */
    SpoolFiller openSpool(boolean serverRuns) throws RecoveryException {
        run =
                serverRuns
                        ? site.spool().takeOver(site.plan().wal())
                        : site.spool().nextRun(site.plan().wal(), site.serverWal());
        int segmentBytes = site.plan().wal().segmentBytes();
        progress.expectSegments(site.plan().wal().segments().size(), segmentBytes);
        String system = site.plan().base().systemIdentifier();
        var source = new ArchiveSource(site.tools().wal(), WalExpectation.of(system, segmentBytes));
        return new SpoolFiller(
                run,
                site.plan().wal(),
                source,
                OptionalLong.of(Long.parseUnsignedLong(system)),
                new ReplayGuard(site),
                firstNeeded(),
                site.serverWal(),
                FillerLimits.of(segmentBytes, site.plan().jobs(), site.tools().heapBytes()),
                progress.segments());
    }

    /** The first segment that a start of the server asks for; empty: the first of the plan. */
    private Optional<String> firstNeeded() throws RecoveryException {
        if (!site.placement().isReleased() || site.hasLabel()) {
            return Optional.empty();
        }
        ControlFile control = SourceControl.read(site, cancel);
        int size = site.plan().wal().segmentBytes();
        return site.plan().wal().segments().stream()
                .filter(
                        name ->
                                WalSegment.parse(name, size)
                                        .filter(segment -> segment.end().isAfter(control.redo()))
                                        .isPresent())
                .findFirst();
    }

    /** Puts the managed configuration in place, then gives the control file its name. */
    void configure() throws RecoveryException {
        site.serverFiles().takeOver(configuration(), phase());
        site.placement().release();
        site.journal().record("control-file-placed", Map.of());
    }

    /** What is durable already stays so when its server is started again. */
    private Phase phase() {
        return site.history().leg().has(RestoreHistory.MADE_DURABLE)
                ? Phase.PAUSED
                : Phase.REPLAYING;
    }

    /** Starts the server once every history file is at hand. */
    void start(SpoolFiller filler) throws RecoveryException {
        filler.bringHistories();
        filler.hurry();
        requireLabel();
        site.data().handTo(site.tools().serverUser());
        server = server(configuration());
        site.journal().record(RestoreHistory.SERVER_STARTING, Map.of("logFrom", server.logEnd()));
        server.start();
    }

    /** Waits for the target, starting anew where the source's limits were raised on the way. */
    void replay(SpoolFiller filler) throws RecoveryException {
        filler.hurry();
        while (watch(filler) == ReplayWatch.End.LIMITS_TOO_LOW) {
            server.stop();
            var raised = SourceControl.read(site, cancel).limits();
            site.journal().record(RestoreHistory.LIMITS_RAISED, Map.copyOf(raised.settings()));
            site.serverFiles().configure(configuration(), phase());
            start(filler);
        }
        LOG.debug("segments by region: {}", filler.byRegion());
    }

    /** Asserts that replay ended where the plan says, and records it. */
    void assertEnd() throws RecoveryException {
        Goal goal = site.plan().goal();
        Arrival arrival = Arrival.of(server, cancel);
        arrival.require(goal);
        progress.reached(arrival.replayed(), arrival.time());
        Map<String, Object> reached = new LinkedHashMap<>();
        reached.put("lsn", arrival.replayed().toString());
        goal.lastIncluded().ifPresent(last -> reached.put("xid", last.xid()));
        goal.lastIncluded()
                .map(Goal.Transaction::endedAt)
                .or(arrival::time)
                .ifPresent(time -> reached.put("time", time.toString()));
        site.journal().record(RestoreHistory.ARRIVED, reached);
    }

    /** From here on a crash of the machine loses nothing. */
    void makeDurable() throws RecoveryException {
        site.serverFiles().configure(configuration(), Phase.PAUSED);
        new Durability(site.host(), site.programs(), site.tools().serverUser(), server)
                .establish(site.plan().dataDirectory(), cancel);
        site.files().fsyncTree(site.spoolRoot());
        site.journal().record(RestoreHistory.MADE_DURABLE, Map.of("boot", RestoreSite.bootId()));
    }

    void recordPaused() throws RecoveryException {
        if (!site.history().leg().has(RestoreHistory.PAUSED)) {
            site.journal().record(RestoreHistory.PAUSED, connection());
        }
    }

    /** Asks the restored database what the runbook asks; what is wrong with it is recorded. */
    void verify() throws RecoveryException {
        if (!isServerAlive()) {
            throw notRunning();
        }
        var expected = Expected.rolledForward(site.plan().base(), site.tools().queries());
        Proof proof =
                new RestoredChecks(expected, cancel)
                        .run(() -> server.connectTo(expected.database(), cancel));
        site.journal().record(RestoreHistory.VERIFIED, proof.fields());
    }

    void promote() throws RecoveryException {
        if (!isServerAlive()) {
            throw notRunning();
        }
        var claim = new TimelineClaim(site);
        passOver(claim);
        long timeline = Promotion.promote(server, site.serverFiles(), configuration(), cancel);
        claim.removeFiles();
        Map<String, Object> fields = new LinkedHashMap<>(connection());
        fields.put("timeline", timeline);
        site.journal().record(RestoreHistory.PROMOTED, fields);
    }

    /** Without an archive at hand the copy is still promoted: it archives nothing. */
    private void passOver(TimelineClaim claim) throws RecoveryException {
        try {
            claim.passOverKnownTimelines(cancel);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException notKnown) {
            LOG.warn("Which timelines are taken is not known: {}", notKnown.getMessage());
        }
    }

    void shutDown() throws RecoveryException {
        if (isServerAlive()) {
            server.stop();
        }
        if (!site.history().leg().has(RestoreHistory.STOPPED)) {
            site.journal().record(RestoreHistory.STOPPED, Map.of());
        }
    }

    /**
     * After a failure no server is left that nobody watches. One that is stopped on request writes
     * down how far it came.
     */
    void abandon(RecoveryException failure) {
        try {
            if (server != null && failure instanceof CancelledException) {
                server.stop();
            } else if (server != null) {
                server.stopAtOnce();
            }
        } catch (RecoveryException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    private ReplayWatch.End watch(SpoolFiller filler) throws RecoveryException {
        long logFrom =
                site.history()
                        .leg()
                        .last(RestoreHistory.SERVER_STARTING)
                        .map(event -> event.number("logFrom"))
                        .orElse(0L);
        var watch =
                new ReplayWatch(
                        server,
                        filler,
                        position -> progress.reached(position.replayed(), position.time()),
                        CHECKPOINT_EVERY_BYTES);
        return watch.await(server.log(logFrom), cancel);
    }

    /** A server without backup_label recovers from the wrong checkpoint, and says nothing. */
    private void requireLabel() throws RecoveryException {
        boolean atHand = site.hasLabel();
        boolean usedUp =
                site.files().exists(site.plan().dataDirectory().resolve("backup_label.old"))
                        && site.history().has(RestoreHistory.SERVER_STARTING);
        if (!atHand && !usedUp) {
            throw new RecoveryException(
                    ProblemCode.BACKUP_INCOMPLETE,
                    "The restored directory has no backup_label any more.",
                    "It was there when the base was placed, and no server used it since.",
                    "Discard this restore and begin anew.");
        }
    }

    private ManagedConfiguration configuration() throws RecoveryException {
        ControlFile control = SourceControl.read(site, cancel);
        Optional<SpoolRun> current = run == null ? site.spool().currentRun() : Optional.of(run);
        return new ManagedConfiguration(
                site.plan(),
                control.limits(),
                SocketDirectory.of(site),
                current.map(SpoolRun::command).orElse(""));
    }

    private RecoveryServer server(ManagedConfiguration configuration) throws RecoveryException {
        return new RecoveryServer(
                site.host(),
                site.programs(),
                site.tools().serverUser(),
                site.plan().dataDirectory(),
                site.folder().serverLog(),
                configuration,
                roles());
    }

    /** Names that the source's superuser may have, the likeliest first. */
    List<String> roles() {
        Set<String> roles = new LinkedHashSet<>();
        Optional.ofNullable(site.plan().base().cluster())
                .map(cluster -> cluster.settings().get("superuser"))
                .ifPresent(roles::add);
        roles.addAll(List.of("postgres", site.tools().serverUser().name()));
        return List.copyOf(roles);
    }

    private Map<String, Object> connection() throws RecoveryException {
        String database = site.plan().base().database();
        try (var _ = server.connect(cancel)) {
            return Map.of("connection", server.connectionText(database));
        }
    }

    private RecoveryException notRunning() {
        return new RecoveryException(
                ProblemCode.SERVER_FAILED,
                "The restored server does not run.",
                "It was stopped since it paused.",
                "Start it again with: lifeboat restores resume " + site.plan().id());
    }
}
