package dev.lifeboat.restore;

import dev.lifeboat.catalog.configuration.ConfigSearch;
import dev.lifeboat.journal.Event;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.handover.HandoverProblems;
import dev.lifeboat.restore.handover.HandoverRequest;
import dev.lifeboat.restore.handover.HandoverStep;
import dev.lifeboat.restore.handover.HandoverWorld;
import dev.lifeboat.restore.handover.Takeover;
import dev.lifeboat.wal.TimelineId;
import dev.lifeboat.wal.WalFileName;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a promoted copy the database, step by step. Each step is in the journal when it is done, so
 * that one that was interrupted, or whose trouble was mended, goes on there. Until the last step
 * the copy counts as promoted.
 */
final class Handover {
    /** The settings were put back already, and another address was asked for since. */
    private static final String ADDRESS_CHANGED = "address-changed";

    private final RestoreSite site;
    private final HandoverRequest request;
    private final HandoverWorld world;
    private final CancelToken cancel;
    private final Takeover takeover;

    Handover(
            RestoreSite site,
            Recovery recovery,
            HandoverRequest request,
            HandoverWorld world,
            CancelToken cancel)
            throws RecoveryException {
        this.site = site;
        this.request = since(site.history().leg(), request);
        this.world = world;
        this.cancel = cancel;
        this.takeover =
                new Takeover(
                        site.host(),
                        site.programs(),
                        site.tools().serverUser(),
                        site.plan(),
                        site.folder().path().resolve("original"),
                        SocketDirectory.of(site),
                        site.folder().serverLog(),
                        recovery.roles(),
                        this.request,
                        cancel);
    }

    /** What an earlier try settled counts, unless this one says otherwise. */
    private static HandoverRequest since(RestoreHistory leg, HandoverRequest request) {
        return settled(leg)
                .map(
                        event ->
                                new HandoverRequest(
                                        request.listen().or(() -> event.text("listen")),
                                        request.port().isPresent()
                                                ? request.port()
                                                : OptionalInt.of((int) event.number("port")),
                                        request.archive(),
                                        request.fencedBy()))
                .orElse(request);
    }

    /** Where the server was last said to serve. */
    private static Optional<Event> settled(RestoreHistory leg) {
        return leg.last(ADDRESS_CHANGED).or(() -> leg.last(HandoverStep.OWN_SETTINGS_BACK.event()));
    }

    /** Fences the old server: nothing else is done before. */
    void fence() throws RecoveryException {
        once(
                HandoverStep.OLD_SERVER_FENCED,
                () -> {
                    var old = world.oldServer(site.plan().base().systemIdentifier(), cancel);
                    return takeover.requireFenced(old);
                });
    }

    /** Everything after the promotion. */
    void run() throws RecoveryException {
        once(HandoverStep.TIMELINE_IS_ITS_OWN, this::requireOwnTimeline);
        once(
                HandoverStep.OWN_SETTINGS_BACK,
                () -> takeover.putOwnSettingsBack(this::configuration));
        boolean moved = settleAddress();
        var archiving =
                request.archive() ? world.archiving() : new HandoverWorld.Archiving("", Map.of());
        var last = request.archive() ? HandoverStep.ARCHIVING_PROVEN : HandoverStep.ANALYZED;
        boolean proven = site.history().leg().has(last.event());
        if (!proven || moved || !takeover.isRunning()) {
            takeover.start(archiving, site.history().leg().has(ADDRESS_CHANGED));
        }
        takeover.requireItself(timeline());
        if (request.archive()) {
            once(HandoverStep.HISTORY_ARCHIVED, this::archiveHistory);
            once(HandoverStep.ARCHIVING_PROVEN, this::requireArchiving);
        }
        once(HandoverStep.ANALYZED, takeover::analyze);
        once(HandoverStep.REINDEX_LISTED, takeover::listReindex);
        if (request.archive()) {
            once(
                    HandoverStep.BASE_TAKEN,
                    () -> Map.of("id", world.takeBase(takeover.door(), cancel)));
        }
        once(RestoreHistory.HANDED_OVER, this::handedOver);
    }

    /** Whether this try serves elsewhere than the settings that were put back say. */
    private boolean settleAddress() throws RecoveryException {
        Map<String, Object> wanted = takeover.address();
        Event last = settled(site.history().leg()).orElseThrow();
        boolean moved =
                !last.text("listen").equals(Optional.of(wanted.get("listen")))
                        || !wanted.get("port").equals((int) last.number("port"));
        if (moved) {
            site.journal().record(ADDRESS_CHANGED, wanted);
        }
        return moved;
    }

    private Map<String, Object> requireOwnTimeline() throws RecoveryException {
        if (request.archive() && new TimelineClaim(site).isKnown(timeline(), cancel)) {
            throw HandoverProblems.timelineTaken(site.plan().id(), timeline());
        }
        return Map.of("timeline", timeline());
    }

    private ConfigSearch.Found configuration() throws RecoveryException {
        return world.configuration(
                site.plan().base().systemIdentifier(),
                RestoreView.reached(site.history()).time(),
                cancel);
    }

    private Map<String, Object> archiveHistory() throws RecoveryException {
        String name = new WalFileName.History(new TimelineId(timeline())).name();
        String text = site.files().readText(site.serverWal().resolve(name));
        world.archiveHistory(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Map.of("file", name);
    }

    private Map<String, Object> requireArchiving() throws RecoveryException {
        takeover.requireArchiving(Duration.ofMinutes(2));
        return Map.of();
    }

    private Map<String, Object> handedOver() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("url", takeover.url());
        fields.put("connection", takeover.door().uri());
        fields.put("timeline", timeline());
        fields.put("archive", request.archive());
        fields.put("takenOut", ofSettings("takenOut"));
        fields.put("notes", ofSettings("notes"));
        var began = site.history().events().getFirst().at();
        fields.put(
                "rtoSeconds", Duration.between(began, site.tools().clock().instant()).toSeconds());
        return fields;
    }

    private Object ofSettings(String field) {
        return site.history()
                .leg()
                .last(HandoverStep.OWN_SETTINGS_BACK.event())
                .map(event -> event.fields().getOrDefault(field, List.of()))
                .orElse(List.of());
    }

    private long timeline() {
        return site.history()
                .leg()
                .last(RestoreHistory.PROMOTED)
                .map(event -> event.number("timeline"))
                .orElseThrow();
    }

    private interface Step {
        Map<String, Object> run() throws RecoveryException;
    }

    private void once(HandoverStep step, Step work) throws RecoveryException {
        once(step.event(), work);
    }

    private void once(String name, Step step) throws RecoveryException {
        if (!site.history().leg().has(name)) {
            cancel.check();
            site.journal().record(name, step.run());
        }
    }

    /** Whether a restore that stands like this can be handed over. */
    static void require(RestoreSite site) throws RecoveryException {
        RestoreHistory leg = site.history().leg();
        if (leg.has(RestoreHistory.HANDED_OVER)) {
            throw HandoverProblems.isTheDatabase(site.plan().id(), "handed over again");
        }
        if (!leg.has(RestoreHistory.MADE_DURABLE) || site.history().has(RestoreHistory.DISCARDED)) {
            throw new RecoveryException(
                    ProblemCode.ADVANCE_IMPOSSIBLE,
                    "The restore " + site.plan().id() + " cannot be handed over.",
                    "It has not arrived at its target.",
                    "See how it stands with: lifeboat restores show " + site.plan().id());
        }
    }
}
