package dev.lifeboat.ui.timeline;

import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.ui.timeline.model.CommitTimes;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.TimelineData;

import java.util.ArrayList;
import java.util.List;

/** A source that gives what a test told it to; answers are of the kind the engine gives. */
final class SampleSource implements TimelineSource {
    TimelineData data;
    Problem problem;
    Problem unreadable;
    int loads;
    final List<Long> answered = new ArrayList<>();

    SampleSource(TimelineData data) {
        this.data = data;
    }

    @Override
    public Loaded load(CancelToken cancel) throws RecoveryException {
        loads++;
        if (problem != null) {
            throw new RecoveryException(problem);
        }
        return new Loaded(data, CommitTimes.none(), (target, _) -> answer(target.at()), this::near);
    }

    private Answers answer(long at) {
        answered.add(at);
        return new Answers(
                "everything committed by " + TimeAxis.utc(at) + " on timeline 3",
                "1 h 0 m, 12\u202f418 commits, with deploy 813",
                "base orders_base_20261123_010600 (88.0 GiB) + 106 WAL segments, ≈ 1.7 GiB,"
                        + " primary ✓ has all, DR ✕ lacks 14",
                "not known: no restore was measured yet");
    }

    private List<NearCommit> near(long time, int each, CancelToken cancel)
            throws RecoveryException {
        if (unreadable != null) {
            throw new RecoveryException(unreadable);
        }
        List<NearCommit> commits = new ArrayList<>();
        for (int i = -each; i < each; i++) {
            long at = time + i * 137_031L;
            commits.add(
                    new NearCommit(
                            Micros.instant(at), 88_123_901 + i, new Lsn(0x1A5C000028L + 96L * i)));
        }
        return commits;
    }
}
