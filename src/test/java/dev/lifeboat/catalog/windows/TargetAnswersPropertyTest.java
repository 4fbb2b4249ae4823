package dev.lifeboat.catalog.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.catalog.windows.TargetAnswer.Reachable;
import dev.lifeboat.kernel.CancelToken;
import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.kernel.Progress;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.wal.TransactionLog;
import dev.lifeboat.wal.WalSegment;
import dev.lifeboat.wal.archive.WalRun;
import dev.lifeboat.wal.index.IndexedCommit;
import dev.lifeboat.wal.index.RandomLog;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What is told of a target, against reading all of the WAL from its beginning to its end. */
class TargetAnswersPropertyTest {
    @Property(tries = 8)
    void ofFiftyTimesTheLastTransactionAndWhatIsLostAreThoseOfTheWal(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5) int segments,
            @ForAll boolean clockGoesBack)
            throws RecoveryException {
        var log = new RandomLog(seed, segments, clockGoesBack);
        TransactionLog all = log.bruteForce();
        TargetAnswers answers = answers(log, all);
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            Instant target = near(all, random);
            boolean inclusive = random.nextBoolean();
            Optional<Expected> expected = expected(all, target, inclusive);
            TargetAnswer told = answers.at(target, inclusive, Optional.empty());
            TargetAnswer exact = answers.exactlyAt(target, inclusive, Optional.empty());

            assertThat(told instanceof Reachable).isEqualTo(expected.isPresent());
            assertThat(exact instanceof Reachable).isEqualTo(expected.isPresent());
            if (expected.isPresent()) {
                compare(expected.get(), (Reachable) told, (Reachable) exact);
            }
        }
    }

    private static void compare(Expected expected, Reachable told, Reachable exact) {
        assertThat(exact.exact()).isTrue();
        assertThat(exact.lastIncluded()).isEqualTo(expected.last);
        assertThat(exact.lost()).isEqualTo(new TargetAnswer.Count(expected.lost, expected.lost));
        assertThat(expected.lost).isBetween(told.lost().least(), told.lost().most());
        if (told.exact()) {
            assertThat(told.lastIncluded()).isEqualTo(expected.last);
            assertThat(told.lost().isExact()).isTrue();
        }
    }

    @Property(tries = 8)
    void ofAPositionTheBoundsHoldWhatTheWalSays(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int segments)
            throws RecoveryException {
        var log = new RandomLog(seed, segments, false);
        TransactionLog all = log.bruteForce();
        TargetAnswers answers = answers(log, all);
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            int at = random.nextInt(all.size());
            var told = (Reachable) answers.at(all.start(at), false, Optional.empty());
            long lost = all.commitsFrom(at);

            assertThat(lost).isBetween(told.lost().least(), told.lost().most());
            if (told.exact()) {
                assertThat(told.lastIncluded()).isEqualTo(lastBefore(all, at));
            }
        }
    }

    @Property(tries = 4)
    void theEndOfTheArchiveLosesNothing(@ForAll long seed) throws RecoveryException {
        var log = new RandomLog(seed, 3, true);
        TransactionLog all = log.bruteForce();

        var told = (Reachable) answers(log, all).latest(Optional.empty());

        assertThat(told.exact()).isTrue();
        assertThat(told.lost()).isEqualTo(new TargetAnswer.Count(0, 0));
        assertThat(told.lastIncluded()).isEqualTo(lastBefore(all, all.size()));
        assertThat(told.work().segments()).isEqualTo(log.segments().size());
    }

    /** What the log says by itself. */
    private record Expected(Optional<IndexedCommit> last, long lost) {}

    private static Optional<Expected> expected(
            TransactionLog all, Instant time, boolean inclusive) {
        int out = all.firstLeftOut(time, inclusive);
        boolean atTheVeryEnd = inclusive && all.time(all.size() - 1).equals(time);
        return out == all.size() && !atTheVeryEnd
                ? Optional.empty()
                : Optional.of(new Expected(lastBefore(all, out), all.commitsFrom(out)));
    }

    private static Optional<IndexedCommit> lastBefore(TransactionLog all, int end) {
        for (int i = end - 1; i >= 0; i--) {
            if (!all.isAbort(i)) {
                return Optional.of(new IndexedCommit(all.xid(i), all.time(i), all.start(i)));
            }
        }
        return Optional.empty();
    }

    /** A commit's own time, or just beside it, or a full second, or anywhere. */
    private static Instant near(TransactionLog all, Random random) {
        Instant time = all.time(random.nextInt(all.size()));
        return switch (random.nextInt(4)) {
            case 0 -> time;
            case 1 -> time.plusNanos(1_000L * (random.nextInt(3) - 1));
            case 2 -> Instant.ofEpochSecond(time.getEpochSecond());
            default -> time.plusMillis(random.nextInt(4_000) - 2_000);
        };
    }

    /** All indexed, on a base that ended before anything happened. */
    private static TargetAnswers answers(RandomLog log, TransactionLog all)
            throws RecoveryException {
        List<WalSegment> segments = log.segments();
        Lsn start = segments.getFirst().start().plus(40);
        RecoveryView view =
                new IndexedArchive()
                        .put(log.log())
                        .base("b", 1, start, start, earliest(all).minusSeconds(60))
                        .view();
        view.wal()
                .orElseThrow()
                .complete(
                        List.of(new WalRun(segments.getFirst(), segments.getLast())),
                        2,
                        CancelToken.never(),
                        Progress.unwatched());
        return view.answers().orElseThrow();
    }

    private static Instant earliest(TransactionLog all) {
        Instant earliest = all.time(0);
        for (int i = 1; i < all.size(); i++) {
            earliest = all.time(i).isBefore(earliest) ? all.time(i) : earliest;
        }
        return earliest;
    }
}
