package dev.lifeboat.ui.timeline;

import dev.lifeboat.catalog.find.FindListener;
import dev.lifeboat.catalog.find.FindRequest;
import dev.lifeboat.catalog.find.FindResult;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.ui.timeline.model.CommitTimes;
import dev.lifeboat.ui.timeline.model.Micros;
import dev.lifeboat.ui.timeline.model.TimeAxis;
import dev.lifeboat.ui.timeline.model.TimelineData;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.HarmKind;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A source that gives what a test told it to; answers are of the kind the engine gives. */
public final class SampleSource implements TimelineSource {
    TimelineData data;
    public Problem problem;
    Problem unreadable;
    int loads;
    int unread;
    boolean complete = true;
    final List<FindRequest> requests = new ArrayList<>();
    final List<Long> answered = new ArrayList<>();

    public SampleSource(TimelineData data) {
        this.data = data;
    }

    @Override
    public Loaded load(CancelToken cancel) throws RecoveryException {
        loads++;
        if (problem != null) {
            throw new RecoveryException(problem);
        }
        return new Loaded(
                data,
                CommitTimes.none(),
                (target, _) -> answer(target.at()),
                this::near,
                this::touched,
                this::find);
    }

    @Override
    public boolean readMore(CancelToken cancel) {
        unread--;
        return unread >= 0;
    }

    private FindResult find(
            FindRequest request, FindListener listener, Progress progress, CancelToken cancel) {
        requests.add(request);
        progress.setTotal(100);
        List<FoundTransaction> found =
                List.of(
                        hurt("2026-11-23T01:31:00Z", HarmKind.DELETE, "public.invoices", 48_210),
                        hurt("2026-11-23T02:52:07.000001Z", HarmKind.DROP, "public.orders", 0));
        found.forEach(listener::found);
        return new FindResult(
                found,
                new FindResult.Scanned(
                        Optional.of(Instant.parse("2026-11-22T22:06:00Z")),
                        Optional.of(Instant.parse("2026-11-23T03:52:11Z")),
                        complete),
                List.of());
    }

    private static FoundTransaction hurt(String time, HarmKind kind, String relation, long rows) {
        return new FoundTransaction(
                88_123_901,
                Instant.parse(time),
                new Lsn(0x1A5C000100L),
                Optional.of(kind),
                "orders",
                List.of(relation),
                rows == 0 ? OptionalLong.empty() : OptionalLong.of(rows),
                new Lsn(0x1A5C000028L));
    }

    private Answers answer(long at) {
        answered.add(at);
        return new Answers(
                "everything committed by " + TimeAxis.utc(at) + " on timeline 3",
                "1 h, 12\u202f418 commits, with deploy 813",
                "base orders_base_20261123_010600 (88.0 GiB) + 106 WAL segments, ≈ 1.7 GiB,"
                        + " primary ✓ has all, DR ✕ lacks 14",
                "41 m 12 s – 58 m 3 s; measured by the last 3 restores.");
    }

    private Map<Lsn, Touched> touched(long time, int each, CancelToken cancel)
            throws RecoveryException {
        Map<Lsn, Touched> touched = new HashMap<>();
        for (NearCommit commit : near(time, each, cancel)) {
            int turn = Integer.remainderUnsigned(commit.xid(), 5);
            touched.put(
                    commit.start(),
                    new Touched(
                            turn == 0
                                    ? List.of("public.orders", "public.order_lines")
                                    : List.of("public.invoices"),
                            OptionalLong.of(1 + 3L * turn)));
        }
        return touched;
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
