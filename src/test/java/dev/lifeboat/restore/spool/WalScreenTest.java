package dev.lifeboat.restore.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.kernel.Problem;
import dev.lifeboat.kernel.ProblemCode;
import dev.lifeboat.kernel.RecoveryException;
import dev.lifeboat.restore.WalNeed;
import dev.lifeboat.wal.TransactionRecord;
import dev.lifeboat.wal.WalBuilder;
import dev.lifeboat.wal.WalEvent;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Nothing is let through unseen, a record that runs across segments least of all. */
class WalScreenTest {
    private static final int NEAR_THE_END = 64;

    private final WalBuilder log = new WalBuilder();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private WalScreen screen;

    @BeforeEach
    void writeARestorePointAcrossASegmentsEnd() {
        log.restorePoint("inside", 1);
        while (WalBuilder.SEGMENT_BYTES - log.position() % WalBuilder.SEGMENT_BYTES > 4096) {
            log.filler(7, 1000);
        }
        int left = (int) (WalBuilder.SEGMENT_BYTES - log.position() % WalBuilder.SEGMENT_BYTES);
        log.filler(7, left - NEAR_THE_END - 40);
        log.restorePoint("across", 2);
        log.filler(7, 100);
        assertThat(log.segmentCount()).isEqualTo(2);
        screen = screen(this::note);
    }

    @Test
    void showsARecordThatRunsAcrossBeforeItsEndIsLetThrough() throws Exception {
        screen.expect(name(0));
        screen.admit(name(0), Optional.empty(), log.content(0));
        assertThat(seen).containsExactly("inside");

        screen.admit(name(1), Optional.of(name(0)), log.content(1));

        assertThat(seen).containsExactly("inside", "across");
        assertThat(fetched).isEmpty();
    }

    @Test
    void waitsForTheSegmentBeforeWhenThatOneIsStillOnItsWay() throws Exception {
        screen.expect(name(0));
        screen.expect(name(1));
        var second =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                screen.admit(name(1), Optional.of(name(0)), log.content(1));
                            } catch (RecoveryException refused) {
                                throw new IllegalStateException(refused);
                            }
                        });
        assertThat(second).isNotDone();

        screen.admit(name(0), Optional.empty(), log.content(0));

        second.get(1, TimeUnit.MINUTES);
        assertThat(seen).containsExactlyInAnyOrder("inside", "across");
    }

    @Test
    void looksAgainIntoASegmentThatAnEarlierProcessLetThrough() throws Exception {
        screen.admit(name(1), Optional.of(name(0)), log.content(1));

        assertThat(fetched).containsExactly(name(0));
        assertThat(seen).contains("across");
    }

    @Test
    void doesNotLetThroughWhatTheGuardForbids() throws Exception {
        screen =
                screen(
                        event -> {
                            note(event);
                            if (seen.contains("across")) {
                                throw new RecoveryException(
                                        ProblemCode.TABLESPACE_TAKEN, "No.", "Taken.", "Move it.");
                            }
                        });
        screen.admit(name(0), Optional.empty(), log.content(0));

        assertThatThrownBy(() -> screen.admit(name(1), Optional.of(name(0)), log.content(1)))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused ->
                                assertThat(refused.code()).isEqualTo(ProblemCode.TABLESPACE_TAKEN));
    }

    @Test
    void doesNotLetThroughATransactionThatTheGuardObjectsTo() throws Exception {
        var objecting =
                new WalGuard() {
                    @Override
                    public void see(WalEvent event) {
                        // Has nothing against events.
                    }

                    @Override
                    public Optional<Problem> objectionTo(TransactionRecord end) {
                        return end.xid() == 9
                                ? Optional.of(
                                        new Problem(
                                                ProblemCode.TARGET_AMBIGUOUS, "No.", "Late.", "-"))
                                : Optional.empty();
                    }
                };
        screen = screen(objecting);
        var ends = new WalBuilder();
        ends.commit(8, 1);
        screen.admit(ends.segment(0).name(), Optional.empty(), ends.content(0));
        ends.abort(9, 1);

        assertThatThrownBy(
                        () ->
                                screen(objecting)
                                        .admit(
                                                ends.segment(0).name(),
                                                Optional.empty(),
                                                ends.content(0)))
                .isInstanceOfSatisfying(
                        RecoveryException.class,
                        refused ->
                                assertThat(refused.code()).isEqualTo(ProblemCode.TARGET_AMBIGUOUS));
    }

    @Test
    void letsNothingThroughBehindASegmentThatCouldNotBeHad() throws Exception {
        screen.expect(name(0));
        screen.giveUp(
                name(0),
                new RecoveryException(ProblemCode.WAL_ABSENT, "Gone.", "Deleted.", "Copy it."));

        assertThatThrownBy(() -> screen.admit(name(1), Optional.of(name(0)), log.content(1)))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("Gone.");
    }

    private WalScreen screen(WalGuard guard) {
        var need = new WalNeed(List.of(name(0), name(1)), List.of(), WalBuilder.SEGMENT_BYTES);
        return new WalScreen(
                need,
                OptionalLong.empty(),
                name -> {
                    fetched.add(name);
                    return new SegmentSource.Found(log.content(0), "dr");
                },
                guard);
    }

    private void note(WalEvent event) {
        if (event instanceof WalEvent.RestorePoint point) {
            seen.add(point.name());
        }
    }

    private String name(int index) {
        return log.segment(index).name();
    }
}
