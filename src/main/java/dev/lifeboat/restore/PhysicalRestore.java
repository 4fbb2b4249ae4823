package dev.lifeboat.restore;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.place.BaseFetch;
import dev.lifeboat.restore.place.ClaimedDirectory;
import dev.lifeboat.restore.spool.SpoolFiller;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Carries out a plan, in the order that is safe at every instant. What an earlier process finished
 * is not done again; what was not on disk when the machine went down is begun anew.
 */
final class PhysicalRestore {
    private final RestoreSite site;
    private final RestoreProgress progress;
    private final CancelToken cancel;
    private final StageClock stages;
    private final Recovery recovery;

    PhysicalRestore(RestoreSite site, RestoreProgress progress, CancelToken cancel) {
        this.site = site;
        this.progress = progress;
        this.cancel = cancel;
        this.stages = new StageClock(site.journal(), progress);
        this.recovery = new Recovery(site, progress, cancel);
    }

    /** Goes on until the server is where the plan wants it. */
    void run() throws RecoveryException {
        startOverAfterAReboot();
        recovery.leaveTheTargetBefore();
        if (!isOver()) {
            arrive();
        }
        switch (site.plan().action()) {
            case PAUSE -> recovery.recordPaused();
            case PROMOTE -> stages.once(Stage.PROMOTE, recovery::promote);
            case SHUTDOWN -> {}
        }
        if (recovery.isServerAlive()) {
            stages.once(Stage.VERIFY, recovery::verify);
        }
        if (site.plan().action() == TargetAction.SHUTDOWN) {
            recovery.shutDown();
        }
    }

    /** Makes sure that the server waits at its target, also when it was stopped there. */
    void arriveAgain() throws RecoveryException {
        if (!recovery.isServerAlive()) {
            arrive();
        }
    }

    private boolean isOver() throws RecoveryException {
        RestoreHistory leg = site.history().leg();
        boolean durable = leg.has(RestoreHistory.MADE_DURABLE);
        boolean shutDown =
                site.plan().action() == TargetAction.SHUTDOWN && leg.has(RestoreHistory.STOPPED);
        return durable
                && (leg.has(RestoreHistory.PROMOTED) || shutDown || recovery.isServerAlive());
    }

    private void arrive() throws RecoveryException {
        boolean running = recovery.isServerAlive();
        if (!running) {
            stages.run(Stage.CHECK, this::check);
            stages.once(Stage.CHOOSE, this::choose);
        }
        try (SpoolFiller filler = recovery.openSpool(running)) {
            try {
                recover(filler, running);
            } catch (RecoveryException failed) {
                recovery.abandon(failed);
                throw new LostOnTheWay(site, cancel).explained(failed);
            }
        }
    }

    private void recover(SpoolFiller filler, boolean running) throws RecoveryException {
        if (!running) {
            stages.once(Stage.FETCH, this::fetch);
            stages.once(Stage.PLACE, this::place);
            stages.run(Stage.CONFIGURE, recovery::configure);
            stages.run(Stage.START, () -> recovery.start(filler));
        }
        stages.run(Stage.REPLAY, () -> recovery.replay(filler));
        stages.run(Stage.ASSERT, recovery::assertEnd);
        stages.once(Stage.PAUSE, recovery::makeDurable);
    }

    private void check() throws RecoveryException {
        new RestoreChecks(site).run();
    }

    /** Says which base it is; makes room; claims the directories. */
    private void choose() throws RecoveryException {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("base", site.plan().base().id());
        choice.put("reason", site.plan().baseReason());
        choice.put("mustReach", site.plan().goal().mustReach().toString());
        site.journal().record("base-chosen", choice);
        makeRoom();
        site.data().claim();
        for (ClaimedDirectory tablespace : site.tablespaces()) {
            tablespace.claim();
        }
        site.journal().record(RestoreHistory.CLAIMED, Map.of("boot", RestoreSite.bootId()));
    }

    /** What lies there is never deleted: it is renamed. */
    private void makeRoom() throws RecoveryException {
        Path directory = site.plan().dataDirectory();
        if (site.data().state() == ClaimedDirectory.State.FOREIGN) {
            Path to = site.plan().renamedTo().orElseThrow();
            site.files().rename(directory, to);
            site.journal()
                    .record(
                            RestoreHistory.RENAMED,
                            Map.of("from", directory.toString(), "to", to.toString()));
        }
    }

    private void fetch() throws RecoveryException {
        new ArchivedObjects(site.tools().backups(), cancel)
                .await(site.plan().base(), site.journal(), progress.fetched());
        new BaseFetch(
                        site.tools().backups(),
                        site.tools().keys(),
                        site.plan().base(),
                        site.plan().dataDirectory(),
                        site.plan().tablespaces(),
                        site.tools().host(),
                        site.tools().serverUser())
                .run(
                        site.plan().jobs(),
                        site.tools().heapBytes(),
                        new FrameJournal(site.journal()),
                        progress.fetched(),
                        cancel);
    }

    private void place() throws RecoveryException {
        long files =
                site.placement().complete(site.plan().base().base(), site.plan().tablespaces());
        site.journal().record("base-complete", Map.of("files", files));
    }

    /**
     * Nothing is on disk for certain until it was made durable: after a crash of the machine the
     * restore begins anew with the base.
     */
    private void startOverAfterAReboot() throws RecoveryException {
        RestoreHistory history = site.history();
        boolean rebooted =
                history.last(RestoreHistory.ADVANCED)
                        .or(() -> history.last(RestoreHistory.CLAIMED))
                        .flatMap(event -> event.text("boot"))
                        .filter(boot -> !boot.equals(RestoreSite.bootId()))
                        .isPresent();
        if (!rebooted || history.leg().has(RestoreHistory.MADE_DURABLE)) {
            return;
        }
        new Removal(site).clear();
        site.journal()
                .record(
                        RestoreHistory.STARTED_OVER,
                        Map.of("why", "The machine was started again before it was durable."));
    }
}
