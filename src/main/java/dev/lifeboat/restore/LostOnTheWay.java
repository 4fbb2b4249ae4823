package dev.lifeboat.restore;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.CancelledException;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.spool.FillerLimits;
import dev.lifeboat.wal.index.WalIndex;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/** Says what can still be reached when a restore comes to a segment that no region can serve. */
final class LostOnTheWay {
    private static final Logger LOG = LoggerFactory.getLogger(LostOnTheWay.class);

    private final RestoreSite site;
    private final CancelToken cancel;

    LostOnTheWay(RestoreSite site, CancelToken cancel) {
        this.site = site;
        this.cancel = cancel;
    }

    /**
     * The failure with the last transaction before the segment; as it is when it is another one.
     */
    RecoveryException explained(RecoveryException failure) throws CancelledException {
        if (!(failure instanceof SegmentLostException lost)
                || !site.plan().wal().segments().contains(lost.segment())) {
            return failure;
        }
        try {
            return explained(lost, lastCommitBefore(lost.segment()));
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RecoveryException unknown) {
            LOG.warn("What can be reached is not known: {}", unknown.getMessage());
            return failure;
        }
    }

    /** Segments that were being fetched at the same time may be lost, too: they are read first. */
    private Optional<WalTrail.Ending> lastCommitBefore(String segment) throws RecoveryException {
        PhysicalPlan plan = site.plan();
        int segmentBytes = plan.wal().segmentBytes();
        int atOnce = FillerLimits.of(segmentBytes, plan.jobs(), site.tools().heapBytes()).workers();
        return new RunSearch(
                        plan.base().base(),
                        (run, lost) ->
                                new ArchiveTrail(
                                        site.tools().wal(),
                                        plan.base().systemIdentifier(),
                                        segmentBytes,
                                        run,
                                        lost,
                                        WalIndex.empty(),
                                        cancel))
                .ask(
                        plan.wal().chain().before(segment),
                        (resolver, _) -> {
                            resolver.requireReadable(atOnce);
                            return resolver.lastCommit();
                        });
    }

    private RecoveryException explained(
            SegmentLostException lost, Optional<WalTrail.Ending> lastCommit) {
        Problem problem = lost.problem();
        String last =
                lastCommit
                        .map(
                                commit ->
                                        "the last transaction that can be reached is "
                                                + TargetProblems.tell(commit))
                        .orElse("nothing was committed between the base and it");
        return new RecoveryException(
                new Problem(
                        problem.code(),
                        problem.what(),
                        problem.why() + " Replay cannot pass it; " + last + ".",
                        "To end there make a new restore: "
                                + AdvanceProblems.restoreCommand(site.plan(), end(lastCommit))
                                + " (discard this one with: lifeboat restores discard "
                                + site.plan().id()
                                + "). Once the segment is back this one goes on with: lifeboat"
                                + " restores resume "
                                + site.plan().id()
                                + ". "
                                + problem.remedy()),
                lost);
    }

    private RecoveryTarget end(Optional<WalTrail.Ending> lastCommit) {
        Optional<Long> timeline = site.plan().target().timeline();
        return lastCommit
                .map(c -> new RecoveryTarget(TargetKind.LSN, c.lsn().toString(), true, timeline))
                .orElse(new RecoveryTarget(TargetKind.IMMEDIATE, "", true, timeline));
    }
}
