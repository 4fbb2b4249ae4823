package dev.lifeboat.catalog.find;

import dev.lifeboat.kernel.Lsn;
import dev.lifeboat.wal.WalEvent;
import dev.lifeboat.wal.find.FoundTransaction;
import dev.lifeboat.wal.find.TransactionFollower;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/** Keeps the commits nearest to an instant, so many on either side, in the order of the log. */
final class Surroundings implements TransactionFollower.Listener {
    private final Instant instant;
    private final int count;
    private final Lsn wholeFrom;
    private final Deque<FoundTransaction> before = new ArrayDeque<>();
    private final List<FoundTransaction> after = new ArrayList<>();
    private OptionalInt nextXid = OptionalInt.empty();

    /**
     * @param wholeFrom from here on the log is read without leaving anything out
     */
    Surroundings(Instant instant, int count, Lsn wholeFrom) {
        this.instant = instant;
        this.count = count;
        this.wholeFrom = wholeFrom;
    }

    @Override
    public void committed(TransactionFollower.Committed transaction) {
        if (transaction.changes().time().isAfter(instant)) {
            if (after.size() < count) {
                after.add(transaction.described());
            }
        } else {
            before.add(transaction.described());
            if (before.size() > count) {
                before.remove();
            }
        }
    }

    @Override
    public void running(WalEvent.RunningTransactions running) {
        if (nextXid.isEmpty() && !running.start().isBefore(wholeFrom)) {
            nextXid = OptionalInt.of(running.nextXid());
        }
    }

    boolean isEnough() {
        return after.size() >= count;
    }

    /**
     * Whether everything that these transactions did was read: their numbers were given out behind
     * a note of the server that was read, and without a number a transaction writes nothing.
     *
     * <p>Source: {@code src/backend/storage/ipc/standby.c}, LogStandbySnapshot: no number is given
     * out between taking the note and logging it.
     */
    boolean areWhole() {
        return found().stream()
                .allMatch(each -> nextXid.isPresent() && each.xid() - nextXid.getAsInt() >= 0);
    }

    List<FoundTransaction> found() {
        var all = new ArrayList<>(before);
        all.addAll(after);
        return all;
    }
}
